package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says how a bucket encrypts objects that say nothing of it.
final class PutBucketEncryption implements S3Operation {
  private static final String BY_DEFAULT = "ApplyServerSideEncryptionByDefault";
  private static final String BUCKET_KEY = "BucketKeyEnabled";

  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement document = BucketDocument.read(call, "ServerSideEncryptionConfiguration");
    List<XmlElement> rules = document.only("Rule").children();
    if (rules.size() != 1) {
      throw S3Error.MALFORMED_XML.refused();
    }
    check(rules.getFirst());
    BucketDocument.keep(call, Setting.ENCRYPTION, document);
    call.sendEmpty(200);
  }

  private static void check(XmlElement rule) throws S3Exception {
    if (rule.child("BlockedEncryptionTypes").isPresent()) {
      throw S3Error.NOT_IMPLEMENTED.refused("Blocking ways to encrypt is not implemented.");
    }
    rule.only(BY_DEFAULT, BUCKET_KEY).once(BY_DEFAULT, BUCKET_KEY);
    var _ = BucketEncryption.read(rule);
    Optional<String> bucketKey = rule.first(BUCKET_KEY);
    if (bucketKey.isPresent() && !List.of("true", "false").contains(bucketKey.get())) {
      throw S3Error.MALFORMED_XML.refused();
    }
  }
}
