package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.Grant;
import cloud.bevy.services.buckets.Grantee;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.Ownership;
import cloud.bevy.services.buckets.Permission;
import java.util.Optional;
import java.util.Set;

/// Whose an object is ("Controlling ownership of objects" in the Amazon S3 User Guide).
final class ObjectOwners {
  private static final String FULL_CONTROL = "bucket-owner-full-control";

  private ObjectOwners() {}

  /// The attributes of an object that is to be stored, with whose it will be and who may use it, as
  /// the request says.
  static ObjectAttributes attributes(S3Call call, Bucket bucket) throws S3Exception {
    return ObjectHeaders.read(call, bucket).withAccess(ofNew(call, bucket));
  }

  /// The owner of an object that is there.
  static Account of(S3Call call, BucketAccess bucket, ObjectAccess object) {
    return bucket.enforced() || object.owner().isEmpty()
        ? bucket.owner()
        : call.cloud().account(object.owner().get());
  }

  /// The list of an object that is there.
  static Acl acl(BucketAccess bucket, ObjectAccess object) {
    String owner = object.owner().orElse(bucket.owner().user());
    return bucket.enforced()
        ? Acl.ofOwner(bucket.owner().user())
        : object.acl().orElseGet(() -> Acl.ofOwner(owner));
  }

  /// Refuses a list that would let everybody in, where that is not to be.
  static void refusePublic(BucketAccess bucket, Acl acl) throws S3Exception {
    if (bucket.closed().blockAcls() && acl.isPublic()) {
      throw S3Error.ACCESS_DENIED.refused();
    }
  }

  /// Whose an object will be. What is put by nobody is the bucket owner's.
  static ObjectAccess ofNew(S3Call call, Bucket bucket) throws S3Exception {
    BucketAccess access = bucket.access();
    String bucketOwner = access.owner().user();
    String writer = call.caller().account().map(Account::user).orElse(bucketOwner);
    boolean given = call.header("x-amz-acl").orElse("").equals(FULL_CONTROL);
    boolean preferred =
        access.ownership().filter(kind -> kind == Ownership.BUCKET_OWNER_PREFERRED).isPresent();
    String owner = access.enforced() || (preferred && given) ? bucketOwner : writer;
    Optional<Acl> acl = AclHeaders.read(call, owner, bucketOwner);
    if (access.enforced()) {
      boolean owners = acl.map(each -> isOwners(each, bucketOwner)).orElse(true);
      if (!owners || (acl.isPresent() && !given && !writer.equals(bucketOwner))) {
        throw S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED.refused();
      }
      return ObjectAccess.OWNERS;
    }
    if (acl.isPresent()) {
      refusePublic(access, acl.get());
    }
    return new ObjectAccess(
        Optional.of(owner).filter(name -> !name.equals(bucketOwner)),
        acl.filter(each -> !isOwners(each, owner)));
  }

  /// Whether a list says nothing but that its owner may do everything.
  private static boolean isOwners(Acl acl, String owner) {
    return Set.copyOf(acl.grants())
        .equals(Set.of(new Grant(new Grantee.User(owner), Permission.FULL_CONTROL)));
  }
}
