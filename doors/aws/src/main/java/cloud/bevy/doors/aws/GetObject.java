package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketView;
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
    BucketView view = call.view();
    Optional<String> version = VersionIds.read(call);
    EncryptionHeaders.refuse(call);
    ObjectHeaders.checkOverrides(call);
    ObjectAnswer.checkPart(call);
    try (OpenObject open =
        view.open(key, version).orElseThrow(() -> VersionIds.missing(call, view, key, version))) {
      call.access().read(bucket, open.object(), version.isPresent());
      VersionIds.answer(call, bucket, open.object().version());
      EncryptionHeaders.check(open.unlock(EncryptionHeaders.key(call)));
      ExpirationHeader.answer(call, bucket, open.object());
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
