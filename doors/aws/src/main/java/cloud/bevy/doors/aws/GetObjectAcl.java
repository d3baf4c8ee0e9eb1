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
    ObjectAccess object = ObjectVersions.find(call, bucket).attributes().access();
    BucketAccess access = bucket.access();
    AclDocument.send(call, ObjectOwners.of(call, access, object), ObjectOwners.acl(access, object));
  }
}
