package cloud.bevy.services.buckets;

import java.util.Arrays;
import java.util.Optional;

/// Who owns what others put into a bucket.
public enum Ownership {
  /// The bucket's owner owns everything, and access control lists are of no effect.
  BUCKET_OWNER_ENFORCED("BucketOwnerEnforced"),
  /// The bucket's owner owns what was put with the list `bucket-owner-full-control`.
  BUCKET_OWNER_PREFERRED("BucketOwnerPreferred"),
  /// Whoever puts an object owns it.
  OBJECT_WRITER("ObjectWriter");

  private final String text;

  Ownership(String text) {
    this.text = text;
  }

  /// Whether access control lists are of no effect.
  public boolean enforced() {
    return this == BUCKET_OWNER_ENFORCED;
  }

  /// As S3 calls it.
  public String text() {
    return text;
  }

  /// The kind that S3 calls so.
  public static Optional<Ownership> of(String text) {
    return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
  }
}
