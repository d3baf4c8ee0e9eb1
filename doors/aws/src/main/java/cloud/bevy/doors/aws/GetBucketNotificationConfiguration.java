package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.NotificationRule;
import java.io.IOException;
import java.util.Optional;

/// Says which functions are told of what happens in a bucket.
final class GetBucketNotificationConfiguration implements S3Operation {
  private static final String ROOT = "NotificationConfiguration";
  private static final String RULE = "CloudFunctionConfiguration";

  @Override
  public void answer(S3Call call) throws IOException {
    XmlWriter xml = XmlWriter.document(ROOT);
    call.bucket().settings().notifications().rules().forEach(rule -> write(xml, rule));
    call.send(xml.close(ROOT));
  }

  private static void write(XmlWriter xml, NotificationRule rule) {
    xml.open(RULE).element("Id", rule.id());
    if (rule.prefix().isPresent() || rule.suffix().isPresent()) {
      xml.open("Filter").open("S3Key");
      filter(xml, "Prefix", rule.prefix());
      filter(xml, "Suffix", rule.suffix());
      xml.close("S3Key").close("Filter");
    }
    xml.element("CloudFunction", rule.destination());
    rule.events().forEach(event -> xml.element("Event", event));
    xml.close(RULE);
  }

  private static void filter(XmlWriter xml, String name, Optional<String> value) {
    value.ifPresent(text ->
        xml.open("FilterRule").element("Name", name).element("Value", text).close("FilterRule"));
  }
}
