package cloud.bevy.services.buckets;

/// What to restore.
///
/// @param version of the log
/// @param prefix only keys that begin with it
/// @param dry whether to say only what would be done
public record RestorePlan(long version, String prefix, boolean dry) {}
