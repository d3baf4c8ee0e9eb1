package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.StoredObject;

/// The header that says when the bucket's lifecycle will delete an object.
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
}
