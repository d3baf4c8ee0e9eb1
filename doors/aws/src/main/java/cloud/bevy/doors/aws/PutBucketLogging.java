package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.AccessLogging;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.LockConfiguration;
import cloud.bevy.services.buckets.LogDelivery;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.Optional;

/// Has accesses to a bucket logged in another one, or no longer. Only the bucket's owner may.
final class PutBucketLogging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement document = BucketDocument.read(call, LoggingDocument.ROOT);
    Bucket bucket = call.bucket();
    if (!call.access().isOwner(bucket)) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    Optional<AccessLogging> logging = LoggingDocument.read(call, document);
    if (logging.isEmpty()) {
      BucketSetting.delete(bucket, Setting.LOGGING);
    } else {
      check(call, bucket, logging.get());
      BucketDocument.kept(bucket.settings().put(logging.get()));
    }
    call.sendEmpty(200);
  }

  /// Refuses a bucket that log objects cannot be delivered to.
  private static void check(S3Call call, Bucket bucket, AccessLogging logging) throws S3Exception {
    Bucket target =
        call.buckets()
            .find(logging.target())
            .orElseThrow(S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING::refused);
    BucketAccess access = target.access();
    if (!access.owner().equals(bucket.access().owner())) {
      throw S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING.refused();
    }
    if (!Regions.name(target.summary()).equals(Regions.name(bucket.summary()))) {
      throw S3Error.CROSS_LOCATION_LOGGING_PROHIBITED.refused();
    }
    if (access.enforced() && !logging.grants().isEmpty()) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.refused();
    }
    if (!LogDelivery.allowed(bucket, logging, target)) {
      throw S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING.refused(
          "You must let log delivery put objects into the target bucket: by a policy that allows"
              + " logging.s3.amazonaws.com to do s3:PutObject, or by an access list that lets the"
              + " log-delivery group WRITE and READ_ACP.");
    }
    if (isLocked(target)) {
      throw S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING.refused(
          "The target bucket for logging cannot have a default retention.");
    }
    if (target.settings().find(Setting.ENCRYPTION).filter(LogDelivery::byNamedKey).isPresent()) {
      throw S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING.refused(
          "The target bucket for logging cannot encrypt with SSE-KMS by default.");
    }
  }

  private static boolean isLocked(Bucket target) {
    return target.locks().configuration().flatMap(LockConfiguration::retention).isPresent();
  }
}
