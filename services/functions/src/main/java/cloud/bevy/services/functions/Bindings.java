package cloud.bevy.services.functions;

/// What functions may reach: the tables and buckets of the cloud they run in. The node says how,
/// because services do not know each other.
///
/// @param tables tables
/// @param buckets buckets
/// @param feeds what changes in tables
public record Bindings(TableBinding tables, BucketBinding buckets, FeedSource feeds) {}
