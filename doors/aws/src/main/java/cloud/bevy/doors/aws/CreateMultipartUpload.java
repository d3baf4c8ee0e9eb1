package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ChecksumAlgorithm;
import cloud.bevy.services.buckets.ChecksumPlan;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.UploadAddress;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Begins an upload in parts.
final class CreateMultipartUpload implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    if (call.caller().account().isEmpty()) {
      throw S3Error.ACCESS_DENIED.refused(
          "Anonymous users cannot initiate multipart uploads.  Please authenticate.");
    }
    ObjectAttributes attributes = ObjectOwners.attributes(call, bucket);
    Optional<ChecksumPlan> plan = plan(call);
    String id =
        bucket.uploads().begin(key, attributes, plan).orElseThrow(S3Error.NO_SUCH_BUCKET::refused);
    EncryptionHeaders.answer(call, attributes.encryption());
    if (!bucket.settings().lifecycle().rules().isEmpty()) {
      bucket
          .uploads()
          .find(new UploadAddress(key, id))
          .ifPresent(upload -> ExpirationHeader.answer(call, bucket, upload));
    }
    plan.ifPresent(chosen -> {
      call.answerHeader("x-amz-checksum-algorithm", chosen.algorithm().name());
      call.answerHeader("x-amz-checksum-type", ChecksumHeaders.type(chosen.composite()));
    });
    call.send(
        XmlWriter.document("InitiateMultipartUploadResult")
            .element("Bucket", bucket.name().text())
            .element("Key", key.text())
            .element("UploadId", id)
            .close("InitiateMultipartUploadResult"));
  }

  private static Optional<ChecksumPlan> plan(S3Call call) throws S3Exception {
    Optional<ChecksumAlgorithm> asked = ChecksumHeaders.asked(call);
    Optional<String> type = call.header("x-amz-checksum-type");
    if (asked.isEmpty()) {
      if (type.isPresent()) {
        throw S3Error.INVALID_REQUEST.refused(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return Optional.empty();
    }
    ChecksumAlgorithm algorithm = asked.get();
    boolean composite = composite(type, algorithm);
    if (!ChecksumPlan.possible(algorithm, composite)) {
      throw S3Error.INVALID_REQUEST.refused(
          "The "
              + ChecksumHeaders.type(composite)
              + " checksum type cannot be used with the "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + " checksum algorithm.");
    }
    return Optional.of(new ChecksumPlan(algorithm, composite));
  }

  private static boolean composite(Optional<String> type, ChecksumAlgorithm algorithm)
      throws S3Exception {
    if (type.isEmpty()) {
      return algorithm != ChecksumAlgorithm.CRC64NVME;
    }
    return switch (type.get().toUpperCase(Locale.ROOT)) {
      case "COMPOSITE" -> true;
      case "FULL_OBJECT" -> false;
      default ->
          throw S3Error.INVALID_REQUEST.refused("Value for x-amz-checksum-type header is invalid.");
    };
  }
}
