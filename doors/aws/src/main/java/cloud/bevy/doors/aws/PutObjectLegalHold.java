package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Locks;
import cloud.bevy.services.buckets.ObjectLock;
import java.io.IOException;
import java.util.Optional;

/// Has a version of an object be held, or no longer.
final class PutObjectLegalHold implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    boolean held =
        switch (call.document("LegalHold").first("Status").orElse("")) {
          case "ON" -> true;
          case "OFF" -> false;
          default -> throw S3Error.MALFORMED_XML.refused();
        };
    GetObjectLockConfiguration.required(bucket);
    Locks.Change change =
        new Locks.Change(
            call.key(),
            VersionIds.read(call),
            lock -> new ObjectLock(lock.retention(), Optional.of(held)),
            false);
    LockHeaders.answer(call, bucket, change, bucket.locks().change(change));
  }
}
