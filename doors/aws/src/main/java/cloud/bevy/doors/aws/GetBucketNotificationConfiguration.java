package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.NotificationRule;
import java.io.IOException;
import java.util.Optional;

/// Says which functions and topics are told of what happens in a bucket.
final class GetBucketNotificationConfiguration implements S3Operation {
  private static final String ROOT = "NotificationConfiguration";

  @Override
  public void answer(S3Call call) throws IOException {
    XmlWriter xml = XmlWriter.document(ROOT);
    call.bucket().settings().notifications().rules().forEach(rule -> write(xml, rule));
    call.send(xml.close(ROOT));
  }

  private static void write(XmlWriter xml, NotificationRule rule) {
    String kind = rule.topic().isPresent() ? "Topic" : "CloudFunction";
    String element = kind + "Configuration";
    xml.open(element).element("Id", rule.id());
    if (rule.prefix().isPresent() || rule.suffix().isPresent()) {
      xml.open("Filter").open("S3Key");
      filter(xml, "Prefix", rule.prefix());
      filter(xml, "Suffix", rule.suffix());
      xml.close("S3Key").close("Filter");
    }
    xml.element(kind, rule.destination());
    rule.events().forEach(event -> xml.element("Event", event));
    xml.close(element);
  }

  private static void filter(XmlWriter xml, String name, Optional<String> value) {
    value.ifPresent(text ->
        xml.open("FilterRule").element("Name", name).element("Value", text).close("FilterRule"));
  }
}
