package cloud.bevy.services.buckets;

/// Names a multipart upload.
///
/// @param id as [Uploads#begin] gave it
public record UploadAddress(ObjectKey key, String id) {}
