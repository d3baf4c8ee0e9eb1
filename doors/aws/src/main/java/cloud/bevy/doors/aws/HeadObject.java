package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketView;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Says what a GET of an object would say, without the object.
final class HeadObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    EncryptionHeaders.refuse(call);
    ObjectHeaders.checkOverrides(call);
    ObjectAnswer.checkPart(call);
    BucketView view = call.view();
    StoredObject object = ObjectVersions.find(call, view);
    if (call.isPast()) {
      Optional<String> version = VersionIds.read(call);
      view.open(call.key(), version)
          .orElseThrow(() -> VersionIds.missing(call, view, object.key(), version))
          .close();
    }
    call.access().read(bucket, object, call.query().has(VersionIds.PARAMETER));
    EncryptionHeaders.check(
        Encryption.check(object.attributes().encryption(), EncryptionHeaders.key(call)));
    ExpirationHeader.answer(call, bucket, object);
    Optional<ByteRange> range = ObjectAnswer.begin(call, object);
    if (range.isPresent()) {
      call.answerHeader("Content-Length", Long.toString(range.get().length()));
      call.exchange().sendEmpty();
    }
  }
}
