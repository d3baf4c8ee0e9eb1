package cloud.bevy.doors.aws;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// A new bucket, for tests about versions.
record VersionedBucket(S3Client client, String name) {
  /// One that keeps versions.
  static VersionedBucket on(S3TestServer server) {
    VersionedBucket bucket = new VersionedBucket(server.client(), server.bucket());
    bucket.set(BucketVersioningStatus.ENABLED);
    return bucket;
  }

  void set(BucketVersioningStatus status) {
    client.putBucketVersioning(r -> r.bucket(name).versioningConfiguration(v -> v.status(status)));
  }

  /// Puts a text.
  ///
  /// @return the version's id
  String put(String key, String text) {
    return client.putObject(r -> r.bucket(name).key(key), RequestBody.fromString(text)).versionId();
  }

  /// What a version is.
  String text(String key, String version) {
    return client.getObjectAsBytes(r -> r.bucket(name).key(key).versionId(version)).asUtf8String();
  }

  /// What a key has now.
  String text(String key) {
    return client.getObjectAsBytes(r -> r.bucket(name).key(key)).asUtf8String();
  }

  /// Deletes what a key has now.
  ///
  /// @return the mark's id
  String delete(String key) {
    return client.deleteObject(r -> r.bucket(name).key(key)).versionId();
  }
}
