package cloud.bevy.services.buckets;

import java.time.Instant;

/// Where a version stands that is not what its key has now.
///
/// @param since when the version came that is next to it
/// @param newer how many newer versions are not current either
record Noncurrent(Instant since, int newer) {}
