package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.ObjectAccess;
import java.io.IOException;

/// Says who may use an object by its access control list.
final class GetObjectAcl implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    ObjectAccess object =
        bucket.find(call.key()).orElseThrow(S3Error.NO_SUCH_KEY::refused).attributes().access();
    BucketAccess access = bucket.access();
    AclDocument.send(call, ObjectOwners.of(call, access, object), ObjectOwners.acl(access, object));
  }
}
