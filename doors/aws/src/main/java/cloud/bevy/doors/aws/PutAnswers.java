package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.ChecksumAlgorithm;
import cloud.bevy.services.buckets.PutOutcome;
import java.util.Locale;
import java.util.Optional;

/// What became of a put, as S3 says it.
final class PutAnswers {
  private PutAnswers() {}

  /// What was stored.
  ///
  /// @throws S3Exception where nothing was
  static <T> T stored(PutOutcome<T> outcome) throws S3Exception {
    return switch (outcome) {
      case PutOutcome.Stored<T>(T stored) -> stored;
      case PutOutcome.BucketGone<T>() -> throw S3Error.NO_SUCH_BUCKET.refused();
      case PutOutcome.NoSuchUpload<T>() -> throw S3Error.NO_SUCH_UPLOAD.refused();
      case PutOutcome.NoSuchKey<T>() -> throw S3Error.NO_SUCH_KEY.refused();
      case PutOutcome.ConditionFailed<T>() -> throw S3Error.PRECONDITION_FAILED.refused();
      case PutOutcome.QuotaExceeded<T>() -> throw S3Error.QUOTA_EXCEEDED.refused();
      case PutOutcome.WrongLength<T>() -> throw S3Error.INCOMPLETE_BODY.refused();
      case PutOutcome.Mismatch<T>(String what) ->
          throw what.equals("Content-MD5")
              ? S3Error.BAD_DIGEST.refused()
              : ChecksumHeaders.mismatch(what);
      case PutOutcome.WrongKey<T>(var problem) -> {
        EncryptionHeaders.checkPart(problem);
        throw new IllegalStateException("the key is the right one");
      }
      case PutOutcome.WrongAlgorithm<T>(var expected, var actual) ->
          throw otherAlgorithm(expected, Optional.of(actual));
    };
  }

  /// The error for a part whose checksum is of another kind than its upload's, or missing.
  static S3Exception otherAlgorithm(
      ChecksumAlgorithm expected, Optional<ChecksumAlgorithm> actual) {
    return S3Error.INVALID_REQUEST.refused(
        "Checksum Type mismatch occurred, expected checksum Type: "
            + expected.name().toLowerCase(Locale.ROOT)
            + ", actual checksum Type: "
            + actual.map(it -> it.name().toLowerCase(Locale.ROOT)).orElse("null"));
  }
}
