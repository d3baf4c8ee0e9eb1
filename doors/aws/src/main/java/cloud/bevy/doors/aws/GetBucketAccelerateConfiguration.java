package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.Optional;

/// Says whether transfers are accelerated, if that was ever set: it can only have been suspended.
final class GetBucketAccelerateConfiguration implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    Optional<String> text = bucket.settings().find(Setting.ACCELERATE);
    if (text.isPresent()) {
      BucketDocument.send(call, text.get());
      return;
    }
    call.send(XmlWriter.document("AccelerateConfiguration").close("AccelerateConfiguration"));
  }
}
