package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.UploadAddress;

/// The parameters that name a multipart upload and its parts.
final class Uploading {
  private static final int MOST_PARTS = 10_000;

  private Uploading() {}

  /// The upload that a request is about.
  static UploadAddress address(S3Call call) throws S3Exception {
    return new UploadAddress(call.key(), call.query().first("uploadId").orElse(""));
  }

  /// The number of the part that a request is about.
  static int partNumber(S3Call call) throws S3Exception {
    String text = call.query().first("partNumber").orElse("");
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST_PARTS) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Part number must be an integer between 1 and " + MOST_PARTS + ", inclusive")
          .about("partNumber", text);
    }
    return number;
  }

  /// Answers with how the parts of an upload are encrypted, unless it ended in the meantime.
  static void answerEncryption(S3Call call, Bucket bucket, UploadAddress address) {
    EncryptionHeaders.answer(
        call, bucket.uploads().find(address).flatMap(upload -> upload.attributes().encryption()));
  }
}
