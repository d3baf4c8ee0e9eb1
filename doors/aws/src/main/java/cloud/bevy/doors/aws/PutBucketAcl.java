package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Sets a bucket's access control list.
final class PutBucketAcl implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    BucketAccess access = bucket.access();
    Acl acl = AclDocument.read(call, access.owner(), access.owner().user());
    if (access.enforced()) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.refused();
    }
    ObjectOwners.refusePublic(access, acl);
    BucketSetting.put(bucket, Setting.ACL, acl.write());
    call.sendEmpty(200);
  }
}
