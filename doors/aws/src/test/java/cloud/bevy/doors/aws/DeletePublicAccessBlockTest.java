package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletePublicAccessBlockTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBlockThatWasDeletedIsGone() {
    String bucket = SERVER.closedBucket();
    SERVER.client().deletePublicAccessBlock(r -> r.bucket(bucket));
    SERVER.client().deletePublicAccessBlock(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION,
        () -> SERVER.client().getPublicAccessBlock(r -> r.bucket(bucket)));
  }
}
