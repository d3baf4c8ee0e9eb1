package cloud.bevy.services.buckets;

import java.util.List;

/// A page of the parts of a multipart upload, in the order of their numbers.
///
/// @param more whether there are further parts
public record ListedParts(PendingUpload upload, List<UploadedPart> parts, boolean more) {
  /// Copies the list.
  public ListedParts {
    parts = List.copyOf(parts);
  }
}
