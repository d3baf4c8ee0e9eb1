package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;

/// Who may have to do with a bucket's policy: nobody but its owner, whomever the policy allows it.
final class PolicyOwner {
  private PolicyOwner() {}

  /// The bucket, if the caller is its owner.
  static Bucket bucket(S3Call call) throws S3Exception {
    Bucket bucket = call.bucket();
    if (!call.access().isOwner(bucket)) {
      throw S3Error.METHOD_NOT_ALLOWED.refused();
    }
    return bucket;
  }
}
