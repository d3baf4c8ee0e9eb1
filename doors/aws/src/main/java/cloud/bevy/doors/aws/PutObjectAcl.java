package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;

/// Sets an object's access control list.
final class PutObjectAcl implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    StoredObject object = bucket.find(key).orElseThrow(S3Error.NO_SUCH_KEY::refused);
    BucketAccess access = bucket.access();
    Account owner = ObjectOwners.of(call, access, object.attributes().access());
    Acl acl = AclDocument.read(call, owner, access.owner().user());
    if (access.enforced()) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.refused();
    }
    ObjectOwners.refusePublic(access, acl);
    bucket
        .change(key, old -> old.withAccess(old.access().withAcl(acl)))
        .orElseThrow(S3Error.NO_SUCH_KEY::refused);
    call.sendEmpty(200);
  }
}
