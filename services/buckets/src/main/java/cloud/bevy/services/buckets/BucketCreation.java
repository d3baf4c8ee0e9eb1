package cloud.bevy.services.buckets;

/// What became of a bucket that was to be made.
///
/// @param made whether this call has made it; otherwise it was there before
/// @param bucket the bucket of that name
public record BucketCreation(boolean made, BucketSummary bucket) {}
