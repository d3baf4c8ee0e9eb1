package cloud.bevy.doors.aws;

import java.util.Map;
import java.util.Optional;

/// What access logs call operations: `REST.GET.OBJECT`.
final class AccessNames {
  /// What operations are about, where that is neither the bucket nor the object itself.
  private static final Map<String, String> RESOURCES =
      Map.ofEntries(
          Map.entry("AbortMultipartUpload", "UPLOAD"),
          Map.entry("CompleteMultipartUpload", "UPLOAD"),
          Map.entry("CreateMultipartUpload", "UPLOADS"),
          Map.entry("DeleteBucketCors", "CORS"),
          Map.entry("DeleteBucketEncryption", "ENCRYPTION"),
          Map.entry("DeleteBucketLifecycle", "LIFECYCLE"),
          Map.entry("DeleteBucketOwnershipControls", "OWNERSHIP_CONTROLS"),
          Map.entry("DeleteBucketPolicy", "BUCKETPOLICY"),
          Map.entry("DeleteBucketReplication", "REPLICATION"),
          Map.entry("DeleteBucketTagging", "TAGGING"),
          Map.entry("DeleteBucketWebsite", "WEBSITE"),
          Map.entry("DeleteObjectTagging", "OBJECT_TAGGING"),
          Map.entry("DeleteObjects", "MULTI_OBJECT_DELETE"),
          Map.entry("DeletePublicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
          Map.entry("GetBucketAccelerateConfiguration", "ACCELERATE"),
          Map.entry("GetBucketAcl", "ACL"),
          Map.entry("GetBucketCors", "CORS"),
          Map.entry("GetBucketEncryption", "ENCRYPTION"),
          Map.entry("GetBucketLifecycleConfiguration", "LIFECYCLE"),
          Map.entry("GetBucketLocation", "LOCATION"),
          Map.entry("GetBucketLogging", "LOGGING_STATUS"),
          Map.entry("GetBucketNotificationConfiguration", "NOTIFICATION"),
          Map.entry("GetBucketOwnershipControls", "OWNERSHIP_CONTROLS"),
          Map.entry("GetBucketPolicy", "BUCKETPOLICY"),
          Map.entry("GetBucketPolicyStatus", "POLICY_STATUS"),
          Map.entry("GetBucketReplication", "REPLICATION"),
          Map.entry("GetBucketRequestPayment", "REQUEST_PAYMENT"),
          Map.entry("GetBucketTagging", "TAGGING"),
          Map.entry("GetBucketVersioning", "VERSIONING"),
          Map.entry("GetBucketWebsite", "WEBSITE"),
          Map.entry("GetObjectAcl", "ACL"),
          Map.entry("GetObjectAttributes", "OBJECT_ATTRIBUTES"),
          Map.entry("GetObjectLegalHold", "LEGAL_HOLD"),
          Map.entry("GetObjectLockConfiguration", "OBJECT_LOCK_CONFIGURATION"),
          Map.entry("GetObjectRetention", "RETENTION"),
          Map.entry("GetObjectTagging", "OBJECT_TAGGING"),
          Map.entry("GetPublicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
          Map.entry("ListMultipartUploads", "UPLOADS"),
          Map.entry("ListObjectVersions", "BUCKETVERSIONS"),
          Map.entry("ListParts", "UPLOAD"),
          Map.entry("PostObject", "OBJECT"),
          Map.entry("PutBucketAccelerateConfiguration", "ACCELERATE"),
          Map.entry("PutBucketAcl", "ACL"),
          Map.entry("PutBucketCors", "CORS"),
          Map.entry("PutBucketEncryption", "ENCRYPTION"),
          Map.entry("PutBucketLifecycleConfiguration", "LIFECYCLE"),
          Map.entry("PutBucketLogging", "LOGGING_STATUS"),
          Map.entry("PutBucketNotificationConfiguration", "NOTIFICATION"),
          Map.entry("PutBucketOwnershipControls", "OWNERSHIP_CONTROLS"),
          Map.entry("PutBucketPolicy", "BUCKETPOLICY"),
          Map.entry("PutBucketRequestPayment", "REQUEST_PAYMENT"),
          Map.entry("PutBucketTagging", "TAGGING"),
          Map.entry("PutBucketVersioning", "VERSIONING"),
          Map.entry("PutBucketWebsite", "WEBSITE"),
          Map.entry("PutObjectAcl", "ACL"),
          Map.entry("PutObjectLegalHold", "LEGAL_HOLD"),
          Map.entry("PutObjectLockConfiguration", "OBJECT_LOCK_CONFIGURATION"),
          Map.entry("PutObjectRetention", "RETENTION"),
          Map.entry("PutObjectTagging", "OBJECT_TAGGING"),
          Map.entry("PutPublicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
          Map.entry("UploadPart", "PART"),
          Map.entry("UploadPartCopy", "PART"));

  /// What is logged where an object is copied from.
  static final String COPIED = "REST.COPY.OBJECT_GET";

  /// What is logged where a part is copied from.
  static final String COPIED_TO_A_PART = "REST.COPY.PART_GET";

  /// What is logged of each object that is deleted with others.
  static final String DELETED_WITH_OTHERS = "BATCH.DELETE.OBJECT";

  private AccessNames() {}

  /// What a visit to a web site is called.
  static String ofWebsite(String method) {
    return "WEBSITE." + method + ".OBJECT";
  }

  /// What a request is called.
  ///
  /// @param operation its name; nothing where it is for none
  static String of(S3Call call, Optional<String> operation) {
    String itself = call.target().level() == S3Target.Level.OBJECT ? "OBJECT" : "BUCKET";
    String sent = call.exchange().method();
    boolean copies = sent.equals("PUT") && call.headers().has(CopySource.HEADER);
    String method = copies ? "COPY" : sent;
    String resource = operation.map(name -> RESOURCES.getOrDefault(name, itself)).orElse(itself);
    return "REST." + method + '.' + resource;
  }
}
