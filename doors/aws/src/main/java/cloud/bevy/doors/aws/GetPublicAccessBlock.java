package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.PublicAccessBlock;
import java.io.IOException;

/// Says which ways to let everybody into a bucket are closed.
final class GetPublicAccessBlock implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    PublicAccessBlock block =
        call.bucket()
            .access()
            .block()
            .orElseThrow(S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION::refused);
    call.send(
        XmlWriter.document(PutPublicAccessBlock.ROOT)
            .element(PutPublicAccessBlock.BLOCK_ACLS, block.blockAcls())
            .element(PutPublicAccessBlock.IGNORE_ACLS, block.ignoreAcls())
            .element(PutPublicAccessBlock.BLOCK_POLICY, block.blockPolicy())
            .element(PutPublicAccessBlock.RESTRICT_BUCKETS, block.restrictBuckets())
            .close(PutPublicAccessBlock.ROOT));
  }
}
