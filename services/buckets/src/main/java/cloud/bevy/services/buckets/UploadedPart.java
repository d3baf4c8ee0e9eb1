package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Optional;

/// A part that has been uploaded.
///
/// @param etag without quotes
public record UploadedPart(
    int number, String etag, long size, Instant modified, Optional<Checksum> checksum) {}
