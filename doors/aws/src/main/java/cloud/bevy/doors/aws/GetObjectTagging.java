package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;

/// Says which tags an object has.
final class GetObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    StoredObject object = ObjectVersions.find(call, call.view());
    XmlWriter xml = XmlWriter.document("Tagging");
    call.send(Tags.write(xml, object.attributes().tags()).close("Tagging"));
  }
}
