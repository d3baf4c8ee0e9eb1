package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.S3Target.Level;
import java.util.List;
import java.util.Optional;

/// Every operation of the Amazon S3 API Reference for general purpose buckets, and how its requests
/// look. What is here without an implementation is answered with `NotImplemented`, so that no
/// subresource is ever mistaken for the object or bucket it belongs to.
final class S3Routes {
  /// In the order in which they are tried.
  static final List<S3Route> ALL =
      List.of(
          service("GET", "ListBuckets"),
          bucket("GET", "GetBucketAbac", "abac"),
          bucket("PUT", "PutBucketAbac", "abac"),
          bucket("GET", "GetBucketAccelerateConfiguration", "accelerate"),
          bucket("PUT", "PutBucketAccelerateConfiguration", "accelerate"),
          bucket("GET", "GetBucketAcl", "acl"),
          bucket("PUT", "PutBucketAcl", "acl"),
          bucket("GET", "GetBucketAnalyticsConfiguration", "analytics", "id"),
          bucket("GET", "ListBucketAnalyticsConfigurations", "analytics"),
          bucket("PUT", "PutBucketAnalyticsConfiguration", "analytics"),
          bucket("DELETE", "DeleteBucketAnalyticsConfiguration", "analytics"),
          bucket("GET", "GetBucketCors", "cors"),
          bucket("PUT", "PutBucketCors", "cors"),
          bucket("DELETE", "DeleteBucketCors", "cors"),
          bucket("GET", "GetBucketEncryption", "encryption"),
          bucket("PUT", "PutBucketEncryption", "encryption"),
          bucket("DELETE", "DeleteBucketEncryption", "encryption"),
          bucket("GET", "GetBucketIntelligentTieringConfiguration", "intelligent-tiering", "id"),
          bucket("GET", "ListBucketIntelligentTieringConfigurations", "intelligent-tiering"),
          bucket("PUT", "PutBucketIntelligentTieringConfiguration", "intelligent-tiering"),
          bucket("DELETE", "DeleteBucketIntelligentTieringConfiguration", "intelligent-tiering"),
          bucket("GET", "GetBucketInventoryConfiguration", "inventory", "id"),
          bucket("GET", "ListBucketInventoryConfigurations", "inventory"),
          bucket("PUT", "PutBucketInventoryConfiguration", "inventory"),
          bucket("DELETE", "DeleteBucketInventoryConfiguration", "inventory"),
          bucket("GET", "GetBucketLifecycleConfiguration", "lifecycle"),
          bucket("PUT", "PutBucketLifecycleConfiguration", "lifecycle"),
          bucket("DELETE", "DeleteBucketLifecycle", "lifecycle"),
          bucket("GET", "GetBucketLocation", "location"),
          bucket("GET", "GetBucketLogging", "logging"),
          bucket("PUT", "PutBucketLogging", "logging"),
          bucket("GET", "GetBucketMetadataConfiguration", "metadataConfiguration"),
          bucket("POST", "CreateBucketMetadataConfiguration", "metadataConfiguration"),
          bucket("DELETE", "DeleteBucketMetadataConfiguration", "metadataConfiguration"),
          bucket(
              "PUT", "UpdateBucketMetadataAnnotationTableConfiguration", "metadataAnnotationTable"),
          bucket(
              "PUT", "UpdateBucketMetadataInventoryTableConfiguration", "metadataInventoryTable"),
          bucket("PUT", "UpdateBucketMetadataJournalTableConfiguration", "metadataJournalTable"),
          bucket("GET", "GetBucketMetadataTableConfiguration", "metadataTable"),
          bucket("POST", "CreateBucketMetadataTableConfiguration", "metadataTable"),
          bucket("DELETE", "DeleteBucketMetadataTableConfiguration", "metadataTable"),
          bucket("GET", "GetBucketMetricsConfiguration", "metrics", "id"),
          bucket("GET", "ListBucketMetricsConfigurations", "metrics"),
          bucket("PUT", "PutBucketMetricsConfiguration", "metrics"),
          bucket("DELETE", "DeleteBucketMetricsConfiguration", "metrics"),
          bucket("GET", "GetBucketNotificationConfiguration", "notification"),
          bucket("PUT", "PutBucketNotificationConfiguration", "notification"),
          bucket("GET", "GetBucketOwnershipControls", "ownershipControls"),
          bucket("PUT", "PutBucketOwnershipControls", "ownershipControls"),
          bucket("DELETE", "DeleteBucketOwnershipControls", "ownershipControls"),
          bucket("GET", "GetBucketPolicy", "policy"),
          bucket("PUT", "PutBucketPolicy", "policy"),
          bucket("DELETE", "DeleteBucketPolicy", "policy"),
          bucket("GET", "GetBucketPolicyStatus", "policyStatus"),
          bucket("GET", "GetPublicAccessBlock", "publicAccessBlock"),
          bucket("PUT", "PutPublicAccessBlock", "publicAccessBlock"),
          bucket("DELETE", "DeletePublicAccessBlock", "publicAccessBlock"),
          bucket("GET", "GetBucketReplication", "replication"),
          bucket("PUT", "PutBucketReplication", "replication"),
          bucket("DELETE", "DeleteBucketReplication", "replication"),
          bucket("GET", "GetBucketRequestPayment", "requestPayment"),
          bucket("PUT", "PutBucketRequestPayment", "requestPayment"),
          bucket("GET", "GetBucketTagging", "tagging"),
          bucket("PUT", "PutBucketTagging", "tagging"),
          bucket("DELETE", "DeleteBucketTagging", "tagging"),
          bucket("GET", "GetBucketVersioning", "versioning"),
          bucket("PUT", "PutBucketVersioning", "versioning"),
          bucket("GET", "GetBucketWebsite", "website"),
          bucket("PUT", "PutBucketWebsite", "website"),
          bucket("DELETE", "DeleteBucketWebsite", "website"),
          bucket("GET", "GetObjectLockConfiguration", "object-lock"),
          bucket("PUT", "PutObjectLockConfiguration", "object-lock"),
          bucket("GET", "ListObjectVersions", "versions"),
          bucket("GET", "ListMultipartUploads", "uploads"),
          bucket("GET", "CreateSession", "session"),
          bucket("POST", "DeleteObjects", "delete"),
          bucket("GET", "ListObjectsV2", "list-type"),
          bucket("GET", "ListObjects"),
          bucket("HEAD", "HeadBucket"),
          bucket("PUT", "CreateBucket"),
          bucket("DELETE", "DeleteBucket"),
          bucket("POST", "PostObject"),
          object("GET", "GetObjectAcl", "acl"),
          object("PUT", "PutObjectAcl", "acl"),
          object("GET", "GetObjectAnnotation", "annotation", "annotationName"),
          object("GET", "ListObjectAnnotations", "annotation"),
          object("PUT", "PutObjectAnnotation", "annotation"),
          object("DELETE", "DeleteObjectAnnotation", "annotation"),
          object("GET", "GetObjectAttributes", "attributes"),
          object("PUT", "UpdateObjectEncryption", "encryption"),
          object("GET", "GetObjectLegalHold", "legal-hold"),
          object("PUT", "PutObjectLegalHold", "legal-hold"),
          object("GET", "GetObjectRetention", "retention"),
          object("PUT", "PutObjectRetention", "retention"),
          object("GET", "GetObjectTagging", "tagging"),
          object("PUT", "PutObjectTagging", "tagging"),
          object("DELETE", "DeleteObjectTagging", "tagging"),
          object("GET", "GetObjectTorrent", "torrent"),
          object("PUT", "RenameObject", "renameObject"),
          object("POST", "RestoreObject", "restore"),
          object("POST", "SelectObjectContent", "select"),
          object("POST", "CreateMultipartUpload", "uploads"),
          object("POST", "CompleteMultipartUpload", "uploadId"),
          object("PUT", "UploadPartCopy", "partNumber", "uploadId").with("x-amz-copy-source"),
          object("PUT", "UploadPart", "partNumber", "uploadId"),
          object("GET", "ListParts", "uploadId"),
          object("DELETE", "AbortMultipartUpload", "uploadId"),
          object("GET", "GetObject"),
          object("HEAD", "HeadObject"),
          object("PUT", "CopyObject").with("x-amz-copy-source"),
          object("PUT", "PutObject"),
          object("DELETE", "DeleteObject"));

  private S3Routes() {}

  private static S3Route service(String method, String operation) {
    return new S3Route(operation, method, Level.SERVICE, List.of(), Optional.empty());
  }

  private static S3Route bucket(String method, String operation, String... queries) {
    return new S3Route(operation, method, Level.BUCKET, List.of(queries), Optional.empty());
  }

  private static S3Route object(String method, String operation, String... queries) {
    return new S3Route(operation, method, Level.OBJECT, List.of(queries), Optional.empty());
  }
}
