package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Says how a bucket encrypts objects that say nothing of it: with keys of its own. There is no key
/// management service here to take them from.
final class PutBucketEncryption implements S3Operation {
  private static final String BY_DEFAULT = "ApplyServerSideEncryptionByDefault";
  private static final String ALGORITHM = "SSEAlgorithm";
  private static final String MASTER_KEY = "KMSMasterKeyID";
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
    XmlElement byDefault =
        rule.only(BY_DEFAULT, BUCKET_KEY)
            .once(BY_DEFAULT, BUCKET_KEY)
            .child(BY_DEFAULT)
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    byDefault.only(ALGORITHM, MASTER_KEY).once(ALGORITHM, MASTER_KEY);
    Optional<String> bucketKey = rule.first(BUCKET_KEY);
    if (bucketKey.isPresent() && !List.of("true", "false").contains(bucketKey.get())) {
      throw S3Error.MALFORMED_XML.refused();
    }
    switch (byDefault.first(ALGORITHM).orElse("")) {
      case "AES256" -> {
        if (byDefault.child(MASTER_KEY).isPresent()) {
          throw S3Error.INVALID_ARGUMENT.refused(
              "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                  + " aws:kms:dsse");
        }
      }
      case "aws:kms", "aws:kms:dsse" ->
          throw S3Error.NOT_IMPLEMENTED.refused(
              "Encryption with keys of a key management service is not implemented.");
      default -> throw S3Error.MALFORMED_XML.refused();
    }
  }
}
