package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.PendingUpload;
import cloud.bevy.services.buckets.StoredObject;

/// The headers that say when the bucket's lifecycle will delete an object or abort an upload.
final class ExpirationHeader {
  private ExpirationHeader() {}

  /// Adds the header, if a rule will delete the object. Of a version that the request names nothing
  /// is said: it need not be the current one.
  static void answer(S3Call call, Bucket bucket, StoredObject object) {
    if (call.query().has("versionId")) {
      return;
    }
    bucket
        .settings()
        .lifecycle()
        .expiration(object)
        .ifPresent(expiration ->
            call.answerHeader(
                "x-amz-expiration",
                "expiry-date=\"%s\", rule-id=\"%s\""
                    .formatted(
                        HttpDates.http(expiration.moment()), AwsUri.encode(expiration.rule()))));
  }

  /// Adds the headers, if a rule will abort the upload.
  static void answer(S3Call call, Bucket bucket, PendingUpload upload) {
    bucket
        .settings()
        .lifecycle()
        .abortion(upload)
        .ifPresent(abortion -> {
          call.answerHeader("x-amz-abort-date", HttpDates.http(abortion.moment()));
          call.answerHeader("x-amz-abort-rule-id", abortion.rule());
        });
  }
}
