package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// A multipart upload that has begun and neither ended nor been aborted.
public record PendingUpload(
    UploadAddress address,
    Instant initiated,
    ObjectAttributes attributes,
    Optional<ChecksumPlan> checksum) {}
