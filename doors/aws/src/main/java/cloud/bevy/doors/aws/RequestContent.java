package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Content;

/// A request's body as something to store.
final class RequestContent {
  private static final long LARGEST = 5L << 30;

  private RequestContent() {}

  /// The body, with what the request says of it.
  static Content of(S3Call call) throws S3Exception {
    RequestBody body = call.body();
    if (body.length() > LARGEST) {
      throw S3Error.ENTITY_TOO_LARGE.refused();
    }
    return new Content(
        body.stream(),
        body.length(),
        call.contentMd5(),
        ChecksumHeaders.claim(call, body),
        EncryptionHeaders.key(call));
  }
}
