package cloud.bevy.doors.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which actions of policies an operation is ("Required permissions for Amazon S3 API operations"
/// in the Amazon S3 User Guide). An operation that is not told of here can be done by nobody.
final class S3Actions {
  private static final String SERVICE = "s3:";

  /// Operations whose action is not the operation's name.
  private static final Map<String, List<String>> OTHERS =
      Map.ofEntries(
          one("CompleteMultipartUpload", "PutObject"),
          one("CopyObject", "PutObject"),
          one("CreateBucketMetadataConfiguration", "CreateBucketMetadataTableConfiguration"),
          one("CreateMultipartUpload", "PutObject"),
          one("DeleteBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
          one("DeleteBucketCors", "PutBucketCORS"),
          one("DeleteBucketEncryption", "PutEncryptionConfiguration"),
          one("DeleteBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
          one("DeleteBucketInventoryConfiguration", "PutInventoryConfiguration"),
          one("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
          one("DeleteBucketMetadataConfiguration", "DeleteBucketMetadataTableConfiguration"),
          one("DeleteBucketMetricsConfiguration", "PutMetricsConfiguration"),
          one("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
          one("DeleteBucketReplication", "PutReplicationConfiguration"),
          one("DeleteBucketTagging", "PutBucketTagging"),
          one("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
          one("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
          one("GetBucketAnalyticsConfiguration", "GetAnalyticsConfiguration"),
          one("GetBucketCors", "GetBucketCORS"),
          one("GetBucketEncryption", "GetEncryptionConfiguration"),
          one("GetBucketIntelligentTieringConfiguration", "GetIntelligentTieringConfiguration"),
          one("GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
          one("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
          one("GetBucketMetadataConfiguration", "GetBucketMetadataTableConfiguration"),
          one("GetBucketMetricsConfiguration", "GetMetricsConfiguration"),
          one("GetBucketNotificationConfiguration", "GetBucketNotification"),
          one("GetBucketReplication", "GetReplicationConfiguration"),
          Map.entry("GetObjectAttributes", List.of("s3:GetObject", "s3:GetObjectAttributes")),
          one("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
          one("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
          one("HeadBucket", "ListBucket"),
          one("HeadObject", "GetObject"),
          one("ListBucketAnalyticsConfigurations", "GetAnalyticsConfiguration"),
          one("ListBucketIntelligentTieringConfigurations", "GetIntelligentTieringConfiguration"),
          one("ListBucketInventoryConfigurations", "GetInventoryConfiguration"),
          one("ListBucketMetricsConfigurations", "GetMetricsConfiguration"),
          one("ListBuckets", "ListAllMyBuckets"),
          one("ListMultipartUploads", "ListBucketMultipartUploads"),
          one("ListObjectVersions", "ListBucketVersions"),
          one("ListObjects", "ListBucket"),
          one("ListObjectsV2", "ListBucket"),
          one("ListParts", "ListMultipartUploadParts"),
          one("PostObject", "PutObject"),
          one("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
          one("PutBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
          one("PutBucketCors", "PutBucketCORS"),
          one("PutBucketEncryption", "PutEncryptionConfiguration"),
          one("PutBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
          one("PutBucketInventoryConfiguration", "PutInventoryConfiguration"),
          one("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
          one("PutBucketMetricsConfiguration", "PutMetricsConfiguration"),
          one("PutBucketNotificationConfiguration", "PutBucketNotification"),
          one("PutBucketReplication", "PutReplicationConfiguration"),
          one("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
          one("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
          Map.entry("RenameObject", List.of("s3:GetObject", "s3:DeleteObject", "s3:PutObject")),
          one("SelectObjectContent", "GetObject"),
          one("UploadPart", "PutObject"),
          one("UploadPartCopy", "PutObject"));

  /// Operations whose objects have actions of their own, which are asked for one by one.
  private static final Set<String> BY_OBJECT = Set.of("DeleteObjects");

  /// Actions that have another name where they are about a version that is named.
  private static final Set<String> OF_VERSIONS =
      Set.of(
          "s3:DeleteObject",
          "s3:DeleteObjectTagging",
          "s3:GetObject",
          "s3:GetObjectAcl",
          "s3:GetObjectAttributes",
          "s3:GetObjectTagging",
          "s3:GetObjectTorrent",
          "s3:PutObjectAcl",
          "s3:PutObjectTagging");

  private static final String OBJECT = "Object";
  private static final String OBJECT_VERSION = "ObjectVersion";

  private S3Actions() {}

  /// The actions of an operation.
  ///
  /// @param versioned whether the request names a version
  static List<String> of(String operation, boolean versioned) {
    if (BY_OBJECT.contains(operation)) {
      return List.of();
    }
    return Optional.ofNullable(OTHERS.get(operation))
        .orElseGet(() -> List.of(SERVICE + operation))
        .stream()
        .map(action -> versioned ? ofVersion(action) : action)
        .toList();
  }

  /// The action that it is where a version is named.
  static String ofVersion(String action) {
    return OF_VERSIONS.contains(action) ? action.replace(OBJECT, OBJECT_VERSION) : action;
  }

  /// The action that it is where a bucket is read as it was.
  static String ofPast(String action) {
    return action.equals("s3:ListBucket") ? "s3:ListBucketVersions" : ofVersion(action);
  }

  private static Map.Entry<String, List<String>> one(String operation, String action) {
    return Map.entry(operation, List.of(SERVICE + action));
  }
}
