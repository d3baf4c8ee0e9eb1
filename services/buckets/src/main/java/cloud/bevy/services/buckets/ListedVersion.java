package cloud.bevy.services.buckets;

/// A version of a key in a listing.
///
/// @param latest whether it is what the key has now
public record ListedVersion(KeyVersion version, boolean latest) {}
