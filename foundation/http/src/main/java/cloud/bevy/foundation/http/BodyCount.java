package cloud.bevy.foundation.http;

/// How much of a request's body has come. Counted on the connection's event loop.
final class BodyCount {
  /// How much of a body must arrive for its time limit to start anew.
  static final int PROGRESS = 4 << 10;

  private long progress;
  private long thrownAway;
  private volatile long unreceived;

  /// Begins with the next body.
  ///
  /// @param length as it was announced; -1 if it was not
  void begin(long length) {
    progress = 0;
    thrownAway = 0;
    unreceived = length;
  }

  /// Counts what has come.
  ///
  /// @param unread whether nobody will read it
  /// @return whether that is progress
  boolean add(int count, boolean unread) {
    long left = unreceived;
    if (left > 0) {
      unreceived = left - count;
    }
    if (unread) {
      thrownAway += count;
    }
    progress += count;
    boolean enough = progress >= PROGRESS;
    if (enough) {
      progress = 0;
    }
    return enough;
  }

  /// How much of the body nobody has read and nobody will.
  long thrownAway() {
    return thrownAway;
  }

  /// How much of the announced body has not arrived; -1 if that is not known. From any task.
  long unreceived() {
    return unreceived;
  }
}
