package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.AccessRequest;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.KeyVersion;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.PastBucket;
import cloud.bevy.services.buckets.Permission;
import cloud.bevy.services.buckets.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Asks [Access] whether what a request wants may be done, and refuses it where it may not. Each
/// request passes through [#operation] before its operation is carried out; what an operation finds
/// out only then (the source of a copy, the objects of a list) it asks for itself.
final class AccessCheck {
  private static final String LIST = "s3:ListBucket";
  private static final String PUT_ACL = "s3:PutObjectAcl";
  private static final String EXISTING_TAG = "s3:existingobjecttag/";
  private static final String PUT_TAGGING = "s3:PutObjectTagging";

  /// Operations that store an object and may say at once who may use it and what tags it has.
  private static final Set<String> STORING =
      Set.of("PutObject", "PostObject", "CopyObject", "CreateMultipartUpload");

  private static final Set<String> OF_UPLOADS = Set.of("AbortMultipartUpload", "ListParts");
  private static final Set<String> LISTING =
      Set.of("ListObjects", "ListObjectsV2", "ListObjectVersions", "ListMultipartUploads");

  /// Operations that ask [#read] about the very object that they have found.
  private static final Set<String> READING = Set.of("GetObject", "HeadObject");

  /// What can be an owner: an account number as AWS has it, or as many letters as the ids of an
  /// [Account] have at least.
  private static final Pattern OWNER = Pattern.compile("\\w{12}|\\w{52,}");

  private final S3Call call;

  AccessCheck(S3Call call) {
    this.call = call;
  }

  /// Checks that an operation may be carried out. Whether its bucket is there is the operation's
  /// own matter.
  void operation(String operation) throws S3Exception {
    List<String> actions = S3Actions.of(operation, call.query().has("versionId"));
    if (call.target().bucket().isEmpty() || operation.equals("CreateBucket")) {
      ofService(actions.getFirst());
      return;
    }
    Optional<Bucket> bucket = call.findBucket();
    if (bucket.isPresent()) {
      expectOwner(bucket.get(), "x-amz-expected-bucket-owner");
      if (call.isPast()) {
        past(bucket.get(), actions, operation);
        return;
      }
      for (String action : actions) {
        check(bucket.get(), action, operation);
      }
      checkStoring(bucket.get(), operation);
    }
  }

  /// Checks that something may be done with a version of an object.
  ///
  /// @param version its id; nothing for what the key has now
  /// @param action what is done with an object of which no version is named
  void object(Bucket bucket, ObjectKey key, Optional<String> version, String action)
      throws S3Exception {
    String exact = version.isPresent() ? S3Actions.ofVersion(action) : action;
    require(bucket, request(bucket, exact, Optional.of(key.text()), Optional.empty()), version);
  }

  /// Checks once more that an object may be read, now that it cannot be exchanged for another.
  void read(Bucket bucket, StoredObject object, boolean versioned) throws S3Exception {
    if (call.isPast()) {
      return; // what was cannot be exchanged
    }
    String action = versioned ? S3Actions.ofVersion("s3:GetObject") : "s3:GetObject";
    AccessRequest request =
        withTags(
            request(bucket, action, Optional.of(object.key().text()), Optional.empty()),
            object.attributes().tags());
    demand(request, bucket.access(), Optional.of(object.attributes().access()));
  }

  /// Checks that an object may be read as it was. Who may do that may read versions: that something
  /// was once public does not make it so for ever, and access lists of then do not count.
  void past(Bucket bucket, PastBucket was, ObjectKey key, Optional<String> version)
      throws S3Exception {
    AccessRequest request =
        request(bucket, "s3:GetObjectVersion", Optional.of(key.text()), Optional.empty());
    past(bucket, request, was.find(key, version));
  }

  private void past(Bucket bucket, List<String> actions, String operation) throws S3Exception {
    if (call.caller().account().isEmpty()) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    Optional<String> text = call.target().key();
    for (String action : actions) {
      AccessRequest request = request(bucket, S3Actions.ofPast(action), text, listed(operation));
      Optional<KeyVersion> found =
          text.isPresent() ? call.view().find(call.key(), VersionIds.read(call)) : Optional.empty();
      past(bucket, request, found);
    }
  }

  private void past(Bucket bucket, AccessRequest request, Optional<KeyVersion> found)
      throws S3Exception {
    if (call.caller().account().isEmpty()) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    Optional<ObjectAttributes> object =
        found.filter(StoredObject.class::isInstance).map(it -> ((StoredObject) it).attributes());
    AccessRequest exact = object.map(it -> withTags(request, it.tags())).orElse(request);
    Optional<ObjectAccess> owner =
        object.map(it -> new ObjectAccess(it.access().owner(), Optional.empty()));
    demand(exact, bucket.access(), owner);
    if (request.key().isPresent() && object.isEmpty()) {
      demand(listing(bucket, request, S3Actions.ofPast(LIST)), bucket.access(), Optional.empty());
    }
  }

  /// Checks that something else may be done with an object than the operation is for.
  ///
  /// @param action as policies call it
  void also(Bucket bucket, ObjectKey key, String action) throws S3Exception {
    AccessRequest request = request(bucket, action, Optional.of(key.text()), Optional.empty());
    demand(request, bucket.access(), Optional.empty());
  }

  /// Checks that a bucket is whose the request says it is.
  void expectOwner(Bucket bucket, String header) throws S3Exception {
    Optional<String> expected = call.header(header);
    if (expected.isEmpty()) {
      return;
    }
    String id = expected.get();
    if (!OWNER.matcher(id).matches()) {
      throw S3Error.INVALID_BUCKET_OWNER_AWS_ACCOUNT_ID.refused(
          "The value of the expected bucket owner parameter must be an AWS Account ID... ["
              + id
              + "]");
    }
    Account owner = bucket.access().owner();
    boolean cloud = owner.user().isEmpty() && id.equals(DynamoCall.Origin.ACCOUNT);
    if (!cloud && !id.equals(owner.id())) {
      throw S3Error.ACCESS_DENIED.refused();
    }
  }

  /// Whether it is the bucket's owner who asks.
  boolean isOwner(Bucket bucket) {
    return call.caller().account().filter(bucket.access().owner()::equals).isPresent();
  }

  /// What is about no bucket that is there: everybody who signs may do it.
  private void ofService(String action) throws S3Exception {
    AccessRequest request =
        new AccessRequest(
            call.caller().account(),
            call.caller().limits(),
            action,
            call.target().bucket().orElse(""),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    if (call.caller().account().isEmpty() || !Access.within(request)) {
      throw S3Error.ACCESS_DENIED.refused();
    }
  }

  private void check(Bucket bucket, String action, String operation) throws S3Exception {
    AccessRequest request = request(bucket, action, call.target().key(), listed(operation));
    if (OF_UPLOADS.contains(operation)) {
      Optional<ObjectAccess> upload =
          bucket.uploads().find(Uploading.address(call)).map(found -> found.attributes().access());
      demand(request, bucket.access(), upload);
    } else if (READING.contains(operation) && isCertain(bucket)) {
      demand(request, bucket.access(), Optional.empty());
    } else {
      require(bucket, request, VersionIds.read(call));
    }
  }

  private Optional<String> listed(String operation) {
    return LISTING.contains(operation)
        ? Optional.of(call.query().first("prefix").orElse(""))
        : Optional.empty();
  }

  /// Whoever stores an object and owns it may say who else may use it, unless that is forbidden.
  private void checkStoring(Bucket bucket, String operation) throws S3Exception {
    if (!STORING.contains(operation)) {
      return;
    }
    boolean acl =
        call.headers().names().stream()
            .anyMatch(name -> name.equals("x-amz-acl") || name.startsWith("x-amz-grant-"));
    if (acl) {
      AccessRequest request = request(bucket, PUT_ACL, call.target().key(), Optional.empty());
      if (Access.decide(request, bucket.access(), Optional.empty()) == Access.Decision.DENIED) {
        throw S3Error.ACCESS_DENIED.refused();
      }
    }
    if (call.headers().has("x-amz-tagging")) {
      checkTagging(bucket);
    }
    if (call.headers().has(LockHeaders.MODE)) {
      also(bucket, call.key(), "s3:PutObjectRetention");
    }
    if (call.headers().has(LockHeaders.HOLD)) {
      also(bucket, call.key(), "s3:PutObjectLegalHold");
    }
  }

  /// Whom the bucket's access list lets put objects may put tags on them at once.
  private void checkTagging(Bucket bucket) throws S3Exception {
    BucketAccess access = bucket.access();
    AccessRequest request = request(bucket, PUT_TAGGING, call.target().key(), Optional.empty());
    Access.Decision decision = Access.decide(request, access, Optional.empty());
    boolean byList =
        !access.enforced()
            && access.acl().allows(request.who(), Permission.WRITE, !access.closed().ignoreAcls());
    demand(byList && decision == Access.Decision.NOT_ALLOWED ? Access.Decision.ALLOWED : decision);
  }

  private void require(Bucket bucket, AccessRequest request, Optional<String> version)
      throws S3Exception {
    BucketAccess access = bucket.access();
    boolean ofExisting = request.key().isPresent() && isOfExisting(request.action());
    if (!ofExisting || (isCertain(bucket) && access.enforced())) {
      demand(request, access, Optional.empty());
      return;
    }
    Optional<KeyVersion> found =
        ObjectKey.of(request.key().get()).flatMap(key -> bucket.find(key, version));
    Optional<ObjectAttributes> object =
        found.filter(StoredObject.class::isInstance).map(it -> ((StoredObject) it).attributes());
    AccessRequest exact = object.map(it -> withTags(request, it.tags())).orElse(request);
    Access.Decision decision = Access.decide(exact, access, object.map(ObjectAttributes::access));
    if (object.isEmpty() && decision != Access.Decision.DENIED) {
      demand(listing(bucket, request, LIST), access, Optional.empty());
      return; // the operation says what is missing
    }
    demand(decision);
    note(exact, access, object.map(ObjectAttributes::access));
  }

  /// Whether only the owner of an object could refuse it.
  private boolean isCertain(Bucket bucket) {
    return isOwner(bucket) && bucket.access().policy().isEmpty();
  }

  /// Whoever may not list what begins with a key must not find out that it is not there.
  private AccessRequest listing(Bucket bucket, AccessRequest request, String action) {
    String key = request.key().orElse("");
    Map<String, List<String>> context = new HashMap<>(request.context());
    context.put("s3:prefix", List.of(key));
    return new AccessRequest(
        request.who(),
        request.limits(),
        action,
        bucket.name().text(),
        Optional.empty(),
        Optional.of(key),
        context);
  }

  private void demand(AccessRequest request, BucketAccess access, Optional<ObjectAccess> object)
      throws S3Exception {
    demand(Access.decide(request, access, object));
    note(request, access, object);
  }

  /// Notes down for the log of accesses whether it was an access list that has allowed this.
  private void note(AccessRequest request, BucketAccess access, Optional<ObjectAccess> object) {
    if (call.notes().areWanted() && Access.needsLists(request, access, object)) {
      call.notes().allowedByList();
    }
  }

  private static void demand(Access.Decision decision) throws S3Exception {
    if (decision != Access.Decision.ALLOWED) {
      throw S3Error.ACCESS_DENIED.refused();
    }
  }

  /// Whether it is done with an object that is there, and not with what may come to be.
  private static boolean isOfExisting(String action) {
    return !action.equals("s3:PutObject") && !action.startsWith("s3:DeleteObject");
  }

  /// The same, where conditions may ask for the tags of the object that is there.
  private static AccessRequest withTags(AccessRequest request, SortedMap<String, String> tags) {
    Map<String, List<String>> context = new HashMap<>(request.context());
    tags.forEach((name, value) -> context.put(EXISTING_TAG + name, List.of(value)));
    return new AccessRequest(
        request.who(),
        request.limits(),
        request.action(),
        request.bucket(),
        request.key(),
        request.listed(),
        context);
  }

  private AccessRequest request(
      Bucket bucket, String action, Optional<String> key, Optional<String> listed) {
    Optional<Account> who = call.caller().account();
    Map<String, List<String>> context =
        bucket.access().policy().isPresent() ? PolicyContext.of(call) : Map.of();
    return new AccessRequest(
        who, call.caller().limits(), action, bucket.name().text(), key, listed, context);
  }
}
