package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.services.buckets.Encryption;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How a bucket encrypts objects that say nothing of it.
///
/// @param keyName of the cloud's key, where it is one with a name
record BucketEncryption(Optional<String> keyName) {
  private static final String BY_DEFAULT = "ApplyServerSideEncryptionByDefault";
  private static final String ALGORITHM = "SSEAlgorithm";
  private static final String MASTER_KEY = "KMSMasterKeyID";

  /// Reads what a rule says.
  static BucketEncryption read(XmlElement rule) throws S3Exception {
    XmlElement byDefault = rule.child(BY_DEFAULT).orElseThrow(S3Error.MALFORMED_XML::refused);
    byDefault.only(ALGORITHM, MASTER_KEY).once(ALGORITHM, MASTER_KEY);
    Optional<String> key = byDefault.first(MASTER_KEY).filter(text -> !text.isEmpty());
    return switch (byDefault.first(ALGORITHM).orElse("")) {
      case "AES256" -> {
        if (byDefault.child(MASTER_KEY).isPresent()) {
          throw S3Error.INVALID_ARGUMENT.refused(
              "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                  + " aws:kms:dsse");
        }
        yield new BucketEncryption(Optional.empty());
      }
      case KmsKey.ALGORITHM -> new BucketEncryption(Optional.of(KmsKey.named(key)));
      case "aws:kms:dsse" ->
          throw S3Error.NOT_IMPLEMENTED.refused("Encrypting twice is not implemented.");
      default -> throw S3Error.MALFORMED_XML.refused();
    };
  }

  /// How an object that says nothing of it is encrypted.
  ///
  /// @param document that the bucket keeps
  static Encryption ofObjects(String document, Chance chance) throws S3Exception {
    XmlElement rule =
        XmlElement.read(document.getBytes(StandardCharsets.UTF_8))
            .flatMap(root -> root.child("Rule"))
            .orElseThrow(S3Error.MALFORMED_XML::refused);
    return read(rule)
        .keyName()
        .map(name -> Encryption.named(name, chance))
        .orElseGet(() -> Encryption.managed(chance));
  }
}
