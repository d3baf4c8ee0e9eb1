package cloud.bevy.doors.aws;

import java.io.IOException;
import java.util.Map;

/// Says who is told of what happens in a bucket. There is nobody yet who could be told, so that
/// only a configuration without destinations is taken.
final class PutBucketNotificationConfiguration implements S3Operation {
  private static final Map<String, String> DESTINATIONS =
      Map.of(
          "TopicConfiguration", "Topic",
          "QueueConfiguration", "Queue",
          "CloudFunctionConfiguration", "CloudFunction");

  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement document = BucketDocument.read(call, "NotificationConfiguration");
    for (XmlElement child : document.children()) {
      refuse(child);
    }
    call.sendEmpty(200);
  }

  private static void refuse(XmlElement child) throws S3Exception {
    if (child.name().equals("EventBridgeConfiguration")) {
      throw S3Error.NOT_IMPLEMENTED.refused("Telling EventBridge is not implemented.");
    }
    String destination = DESTINATIONS.getOrDefault(child.name(), "");
    child.only("Id", "Event", "Filter", destination).once("Id", "Filter", destination);
    if (child.child(destination).isEmpty() || child.all("Event").isEmpty()) {
      throw S3Error.MALFORMED_XML.refused();
    }
    throw S3Error.INVALID_ARGUMENT.refused(
        "Unable to validate the following destination configurations");
  }
}
