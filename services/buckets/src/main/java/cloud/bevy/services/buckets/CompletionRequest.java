package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Optional;

/// How the parts of a multipart upload become an object.
///
/// @param parts which parts, in ascending order of their numbers
/// @param condition what must be true of the key
/// @param checksum what the object's checksum must be
/// @param size how many bytes the object must have
public record CompletionRequest(
    UploadAddress upload,
    List<Part> parts,
    WriteCondition condition,
    Optional<Checksum> checksum,
    Optional<Long> size) {
  /// Copies the list.
  public CompletionRequest {
    parts = List.copyOf(parts);
  }

  /// A part as its sender remembers it.
  ///
  /// @param etag without quotes
  public record Part(int number, String etag, Optional<Checksum> checksum) {}
}
