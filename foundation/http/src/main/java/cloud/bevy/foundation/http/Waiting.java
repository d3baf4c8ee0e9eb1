package cloud.bevy.foundation.http;

/// Is told when a task waits for the other side of a connection, to send or to take something.
interface Waiting {
  /// Nobody wants to know.
  Waiting UNNOTICED =
      new Waiting() {
        @Override
        public void begins() {}

        @Override
        public void ends() {}
      };

  /// A task waits from now on. From any task.
  void begins();

  /// It waits no longer.
  void ends();
}
