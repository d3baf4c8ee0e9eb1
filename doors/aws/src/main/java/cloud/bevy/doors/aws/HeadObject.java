package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
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
    StoredObject object = ObjectVersions.find(call, bucket);
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
