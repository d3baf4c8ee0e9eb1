package cloud.bevy.services.buckets;

/// How much there is in a bucket, or in several.
///
/// @param objects what keys have now
/// @param bytes of these
/// @param olderVersions versions that are not current, marks of deletions among them
/// @param olderBytes of these
/// @param uploads that have begun and not ended
/// @param uploadBytes of the parts of these
public record BucketUsage(
    long objects, long bytes, long olderVersions, long olderBytes, long uploads, long uploadBytes) {
  /// Nothing.
  public static final BucketUsage NONE = new BucketUsage(0, 0, 0, 0, 0, 0);

  /// All bytes together, which is what a quota is about.
  public long allBytes() {
    return bytes + olderBytes + uploadBytes;
  }

  /// Both together.
  public BucketUsage plus(BucketUsage other) {
    return new BucketUsage(
        objects + other.objects,
        bytes + other.bytes,
        olderVersions + other.olderVersions,
        olderBytes + other.olderBytes,
        uploads + other.uploads,
        uploadBytes + other.uploadBytes);
  }

  /// Without what another one has.
  BucketUsage minus(BucketUsage other) {
    return plus(
        new BucketUsage(
            -other.objects,
            -other.bytes,
            -other.olderVersions,
            -other.olderBytes,
            -other.uploads,
            -other.uploadBytes));
  }
}
