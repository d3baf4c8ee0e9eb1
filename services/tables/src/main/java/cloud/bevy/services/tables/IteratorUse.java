package cloud.bevy.services.tables;

/// What becomes of an iterator that somebody brings back.
public sealed interface IteratorUse {
  /// It can be read on.
  ///
  /// @param place where in the stream
  record Good(StreamReader reader, long place) implements IteratorUse {}

  /// It is too old.
  record Expired() implements IteratorUse {}

  /// It is none of this cloud's.
  record Unknown() implements IteratorUse {}

  /// Its stream can no longer be read.
  ///
  /// @param table the name of its table
  /// @param label the stream's
  record NoStream(String table, String label) implements IteratorUse {}
}
