package cloud.bevy.hyper.bee;

/// One step of a bee's history: the block at `entry.sequence()` put or deleted its key.
///
/// @param kind what was done
/// @param entry the key and, for a put, the value
public record BeeChange(Kind kind, BeeEntry entry) {
  /// What a change did.
  public enum Kind {
    /// The key was given the value.
    PUT,
    /// The key was taken out.
    DELETE
  }
}
