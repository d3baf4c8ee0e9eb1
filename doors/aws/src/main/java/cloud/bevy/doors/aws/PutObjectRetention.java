package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Locks;
import cloud.bevy.services.buckets.ObjectLock;
import cloud.bevy.services.buckets.Retention;
import java.io.IOException;
import java.util.Optional;

/// Says until when a version of an object is kept. Nothing ends the retention, where that is
/// allowed.
final class PutObjectRetention implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    GetObjectLockConfiguration.required(bucket);
    Optional<Retention> retention = retention(call);
    Locks.Change change =
        new Locks.Change(
            call.key(),
            VersionIds.read(call),
            lock -> new ObjectLock(retention, lock.legalHold()),
            LockHeaders.bypass(call, bucket, call.key()));
    LockHeaders.answer(call, bucket, change, bucket.locks().change(change));
  }

  private static Optional<Retention> retention(S3Call call) throws IOException {
    XmlElement document = call.document("Retention");
    if (document.children().isEmpty()) {
      return Optional.empty();
    }
    String mode = document.first("Mode").orElseThrow(S3Error.MALFORMED_XML::refused);
    String until = document.first("RetainUntilDate").orElseThrow(S3Error.MALFORMED_XML::refused);
    if (LockHeaders.mode(mode).isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    return Optional.of(LockHeaders.retention(mode, until, call.cloud().world().time().now()));
  }
}
