package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Sends an object, or a part of it.
final class GetObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    try (OpenObject open = bucket.open(key).orElseThrow(S3Error.NO_SUCH_KEY::refused)) {
      call.access().read(bucket, open.object(), call.query().has("versionId"));
      Optional<ByteRange> range = ObjectAnswer.begin(call, open.object());
      if (range.isPresent()) {
        send(call, open, range.get());
      }
    }
  }

  private static void send(S3Call call, OpenObject open, ByteRange range) throws IOException {
    try (OutputStream out = call.exchange().stream(range.length())) {
      open.copy(range.offset(), range.length(), out);
    }
  }
}
