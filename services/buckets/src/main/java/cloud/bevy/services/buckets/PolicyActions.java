package cloud.bevy.services.buckets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The actions that a [Policy] can be about ("Actions, resources, and condition keys for Amazon S3"
/// in the Service Authorization Reference).
final class PolicyActions {
  private static final String SERVICE = "s3:";

  private static final List<String> OF_OBJECTS =
      names(
          """
          AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging
          DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes
          GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion
          GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication
          GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication
          ListMultipartUploadParts ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl
          PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl
          PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateTags RestoreObject
          UpdateObjectEncryption
          """);

  private static final List<String> OF_BUCKETS =
      names(
          """
          CreateBucket CreateBucketMetadataTableConfiguration CreateSession DeleteBucket
          DeleteBucketMetadataTableConfiguration DeleteBucketOwnershipControls DeleteBucketPolicy
          DeleteBucketTagging DeleteBucketWebsite GetAccelerateConfiguration
          GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation
          GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
          GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
          GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging
          GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
          GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
          GetMetricsConfiguration GetReplicationConfiguration ListBucket ListBucketMultipartUploads
          ListBucketVersions PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac
          PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification
          PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy
          PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning
          PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration
          PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration
          PutReplicationConfiguration UpdateBucketMetadataInventoryTableConfiguration
          UpdateBucketMetadataJournalTableConfiguration
          """);

  private PolicyActions() {}

  /// Whether there is an action that a pattern in lower case stands for.
  static boolean known(String pattern) {
    return ofBuckets(pattern) || ofObjects(pattern);
  }

  /// Whether there is one that is done with buckets.
  static boolean ofBuckets(String pattern) {
    return OF_BUCKETS.stream().anyMatch(action -> Wildcard.matches(pattern, action));
  }

  /// Whether there is one that is done with objects.
  static boolean ofObjects(String pattern) {
    return OF_OBJECTS.stream().anyMatch(action -> Wildcard.matches(pattern, action));
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.strip().split("\\s+"))
        .map(name -> (SERVICE + name).toLowerCase(Locale.ROOT))
        .toList();
  }
}
