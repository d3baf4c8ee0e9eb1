package cloud.bevy.services.buckets;

import java.time.Instant;

/// A change of a bucket.
///
/// @param before the version of the log before it
/// @param after the version of the log from which on it can be seen
/// @param time when it was made
/// @param size of the object in bytes; zero for a deletion
public record HistoryEntry(
    long before, long after, Instant time, Kind kind, ObjectKey key, long size) {
  /// What was done.
  public enum Kind {
    /// An object was stored.
    PUT,
    /// Something else was said of an object that was there, or an older version of it came back.
    CHANGE,
    /// The key has no object from then on.
    DELETE
  }
}
