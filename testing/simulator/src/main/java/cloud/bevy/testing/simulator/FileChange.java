package cloud.bevy.testing.simulator;

/// What was done to a file and not yet synced.
sealed interface FileChange {
  /// The place of the change in the order of changes.
  long number();

  /// Bytes were written.
  record Write(long number, long position, byte[] bytes) implements FileChange {}

  /// The file was cut.
  record Cut(long number, long size) implements FileChange {}

  /// Who may run the file was changed.
  record Rights(long number, boolean executable) implements FileChange {}
}
