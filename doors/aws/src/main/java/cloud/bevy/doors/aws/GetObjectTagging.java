package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;

/// Says which tags an object has.
final class GetObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    StoredObject object = bucket.find(key).orElseThrow(S3Error.NO_SUCH_KEY::refused);
    XmlWriter xml = XmlWriter.document("Tagging");
    call.send(Tags.write(xml, object.attributes().tags()).close("Tagging"));
  }
}
