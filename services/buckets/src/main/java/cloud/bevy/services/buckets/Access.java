package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides who may do what. Whatever is asked of a bucket is decided here, from what is given and
/// nothing else.
public final class Access {
  /// What is decided.
  public enum Decision {
    /// It may be done.
    ALLOWED,
    /// Nothing says that it may be done.
    NOT_ALLOWED,
    /// A policy or the key's limits say that it must not be done, whatever else is said.
    DENIED
  }

  /// Bucket owners can always look at and replace the policy that would lock them out.
  private static final Set<String> OWNERS_ALWAYS =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  private static final Map<String, Permission> BY_BUCKET_ACL =
      Map.of(
          "s3:ListBucket", Permission.READ,
          "s3:ListBucketVersions", Permission.READ,
          "s3:ListBucketMultipartUploads", Permission.READ,
          "s3:PutObject", Permission.WRITE,
          "s3:DeleteObject", Permission.WRITE,
          "s3:GetBucketAcl", Permission.READ_ACP,
          "s3:PutBucketAcl", Permission.WRITE_ACP);

  private static final Map<String, Permission> BY_OBJECT_ACL =
      Map.of(
          "s3:GetObject", Permission.READ,
          "s3:GetObjectVersion", Permission.READ,
          "s3:GetObjectAttributes", Permission.READ,
          "s3:GetObjectVersionAttributes", Permission.READ,
          "s3:GetObjectAcl", Permission.READ_ACP,
          "s3:GetObjectVersionAcl", Permission.READ_ACP,
          "s3:PutObjectAcl", Permission.WRITE_ACP,
          "s3:PutObjectVersionAcl", Permission.WRITE_ACP);

  /// What the owner of an object in somebody else's bucket may do with it.
  private static final Set<String> BY_OBJECT_OWNER =
      Set.of(
          "s3:GetObjectTagging",
          "s3:GetObjectVersionTagging",
          "s3:PutObjectTagging",
          "s3:PutObjectVersionTagging",
          "s3:DeleteObjectTagging",
          "s3:DeleteObjectVersionTagging",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts");

  private Access() {}

  /// Decides.
  ///
  /// @param object the object or upload that it is about, where there is one
  public static Decision decide(
      AccessRequest request, BucketAccess bucket, Optional<ObjectAccess> object) {
    boolean owner = request.who().filter(bucket.owner()::equals).isPresent();
    Effect effect = bucket.policy().map(policy -> policy.effect(request)).orElse(Effect.NONE);
    boolean denied = effect == Effect.DENY && !(owner && OWNERS_ALWAYS.contains(request.action()));
    if (denied || !within(request)) {
      return Decision.DENIED;
    }
    boolean theOwners = belongsToBucketOwner(request, bucket, object);
    boolean allowed =
        (owner && theOwners)
            || (effect == Effect.ALLOW && theOwners && policyCounts(bucket))
            || (!bucket.enforced() && allowedWithoutPolicy(request, bucket, object));
    return allowed ? Decision.ALLOWED : Decision.NOT_ALLOWED;
  }

  /// Whether what is allowed would not be without access lists.
  public static boolean needsLists(
      AccessRequest request, BucketAccess bucket, Optional<ObjectAccess> object) {
    return decide(request, bucket.withoutLists(), object) != Decision.ALLOWED;
  }

  /// Whether the limits of the key that was used let it do this, whatever its account may do.
  public static boolean within(AccessRequest request) {
    AccessKeyLimits limits = request.limits();
    if (limits.readOnly() && !reads(request.action())) {
      return false;
    }
    return limits.prefixes().isEmpty()
        || request.bucket().isEmpty()
        || limits.prefixes().stream().anyMatch(prefix -> within(request, prefix));
  }

  /// Whether a key that is limited to these prefixes is for something in the bucket.
  public static boolean reaches(AccessKeyLimits limits, BucketName bucket) {
    return limits.prefixes().isEmpty()
        || limits.prefixes().stream().anyMatch(prefix -> bucketOf(prefix).equals(bucket.text()));
  }

  /// Whether a key can get every object of a bucket's owner that there is in it, or will be: it is
  /// the owner's, it is not for some prefixes only, and no policy forbids anybody anything. For
  /// what tells of many objects at once, so that nobody can decide upon each.
  public static boolean readsAll(Account who, AccessKeyLimits limits, BucketAccess bucket) {
    boolean forbids =
        bucket.policy().stream()
            .flatMap(policy -> policy.statements().stream())
            .anyMatch(statement -> !statement.allows());
    return bucket.owner().equals(who) && limits.prefixes().isEmpty() && !forbids;
  }

  private static boolean within(AccessRequest request, String limit) {
    if (!bucketOf(limit).equals(request.bucket())) {
      return false;
    }
    String prefix = limit.substring(Math.min(limit.length(), bucketOf(limit).length() + 1));
    Optional<String> what = request.key().or(request::listed);
    boolean harmless =
        request.action().equals("s3:ListBucket") || request.action().equals("s3:GetBucketLocation");
    return what.map(text -> text.startsWith(prefix)).orElse(prefix.isEmpty() || harmless);
  }

  private static String bucketOf(String limit) {
    int slash = limit.indexOf('/');
    return slash < 0 ? limit : limit.substring(0, slash);
  }

  private static boolean reads(String action) {
    return action.startsWith("s3:Get") || action.startsWith("s3:List");
  }

  /// Whether the bucket's owner decides: about the bucket, what is put into it and deleted from it,
  /// and about the objects that are the owner's.
  private static boolean belongsToBucketOwner(
      AccessRequest request, BucketAccess bucket, Optional<ObjectAccess> object) {
    return !BY_OBJECT_ACL.containsKey(request.action())
        || bucket.enforced()
        || object
            .flatMap(ObjectAccess::owner)
            .orElse(bucket.owner().user())
            .equals(bucket.owner().user());
  }

  private static boolean policyCounts(BucketAccess bucket) {
    return !bucket.closed().restrictBuckets() || bucket.policy().filter(Policy::isPublic).isEmpty();
  }

  private static boolean allowedWithoutPolicy(
      AccessRequest request, BucketAccess bucket, Optional<ObjectAccess> object) {
    boolean publicToo = !bucket.closed().ignoreAcls();
    Permission ofBucket = BY_BUCKET_ACL.get(request.action());
    if (ofBucket != null) {
      return bucket.acl().allows(request.who(), ofBucket, publicToo);
    }
    if (object.isEmpty()) {
      return false;
    }
    Permission ofObject = BY_OBJECT_ACL.get(request.action());
    boolean byOwner = ofObject != null || BY_OBJECT_OWNER.contains(request.action());
    if (byOwner && owns(request.who(), bucket, object.get())) {
      return true;
    }
    return ofObject != null
        && object.get().acl().isPresent()
        && object.get().acl().get().allows(request.who(), ofObject, publicToo);
  }

  private static boolean owns(Optional<Account> who, BucketAccess bucket, ObjectAccess object) {
    String owner = object.owner().orElse(bucket.owner().user());
    return who.filter(account -> account.user().equals(owner)).isPresent();
  }
}
