package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Setting;

/// Sets what a bucket is set to, if it is still there.
final class BucketSetting {
  private BucketSetting() {}

  static void put(Bucket bucket, Setting setting, String text) throws S3Exception {
    if (!bucket.settings().put(setting, text)) {
      throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }

  static void delete(Bucket bucket, Setting setting) throws S3Exception {
    if (!bucket.settings().delete(setting)) {
      throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }
}
