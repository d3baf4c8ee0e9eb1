package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.PublicAccessBlock;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Says which ways to let everybody into a bucket are to be closed.
final class PutPublicAccessBlock implements S3Operation {
  static final String ROOT = "PublicAccessBlockConfiguration";
  static final String BLOCK_ACLS = "BlockPublicAcls";
  static final String IGNORE_ACLS = "IgnorePublicAcls";
  static final String BLOCK_POLICY = "BlockPublicPolicy";
  static final String RESTRICT_BUCKETS = "RestrictPublicBuckets";

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    XmlElement document = call.document(ROOT);
    PublicAccessBlock block =
        new PublicAccessBlock(
            truth(document, BLOCK_ACLS),
            truth(document, IGNORE_ACLS),
            truth(document, BLOCK_POLICY),
            truth(document, RESTRICT_BUCKETS));
    BucketSetting.put(bucket, Setting.PUBLIC_ACCESS_BLOCK, block.write());
    call.sendEmpty(200);
  }

  private static boolean truth(XmlElement document, String name) throws S3Exception {
    return switch (document.first(name).orElse("false").strip()) {
      case "true", "TRUE" -> true;
      case "false", "FALSE" -> false;
      default -> throw S3Error.MALFORMED_XML.refused();
    };
  }
}
