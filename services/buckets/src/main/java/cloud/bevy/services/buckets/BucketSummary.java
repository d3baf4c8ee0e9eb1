package cloud.bevy.services.buckets;

import java.time.Instant;

/// A bucket as a list shows it.
///
/// @param region as given when it was made; empty for `us-east-1`
/// @param owner the name of the user who made it; empty for the cloud itself
public record BucketSummary(BucketName name, Instant created, String region, String owner) {}
