package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.BucketAccess;
import java.io.IOException;

/// Says who may use a bucket by its access control list.
final class GetBucketAcl implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    BucketAccess access = call.bucket().access();
    Acl acl = access.enforced() ? Acl.ofOwner(access.owner().user()) : access.acl();
    AclDocument.send(call, access.owner(), acl);
  }
}
