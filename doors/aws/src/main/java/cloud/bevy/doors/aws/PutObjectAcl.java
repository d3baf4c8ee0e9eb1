package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.EventType;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Sets an object's access control list.
final class PutObjectAcl implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    Optional<String> version = VersionIds.read(call);
    StoredObject object = ObjectVersions.find(call, bucket);
    BucketAccess access = bucket.access();
    Account owner = ObjectOwners.of(call, access, object.attributes().access());
    Acl acl = AclDocument.read(call, owner, access.owner().user());
    if (access.enforced()) {
      throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.refused();
    }
    ObjectOwners.refusePublic(access, acl);
    Optional<StoredObject> changed =
        bucket.change(
            key,
            version,
            new Bucket.Change(
                EventType.ACL_PUT, old -> old.withAccess(changed(object, old.access(), acl))));
    if (changed.isEmpty()) {
      throw S3Error.NO_SUCH_KEY.refused();
    }
    call.sendEmpty(200);
  }

  /// An object that somebody else has put in the meantime stays as it is.
  private static ObjectAccess changed(StoredObject object, ObjectAccess now, Acl acl) {
    return now.owner().equals(object.attributes().access().owner()) ? now.withAcl(acl) : now;
  }
}
