package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetBucketReplicationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketIsNotCopiedElsewhere() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.REPLICATION_CONFIGURATION_NOT_FOUND,
        () -> SERVER.client().getBucketReplication(r -> r.bucket(bucket)));
  }
}
