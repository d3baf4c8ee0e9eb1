package cloud.bevy.services.buckets;

import java.util.LinkedHashMap;
import java.util.Map;

/// A [NotificationConfiguration] as the JSON of the setting `notification`; see
/// `docs/formats/bucket.md`.
final class NotificationRecord {
  private static final String PREFIX = "prefix";
  private static final String SUFFIX = "suffix";

  private NotificationRecord() {}

  static String write(NotificationConfiguration configuration) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("rules", configuration.rules().stream().map(NotificationRecord::rule).toList());
    return JsonText.write(fields);
  }

  /// @throws BucketFault if the text is no such record
  static NotificationConfiguration read(String text) {
    return new NotificationConfiguration(
        RecordReader.versioned(text).objects("rules").stream()
            .map(NotificationRecord::rule)
            .toList());
  }

  private static Map<String, Object> rule(NotificationRule rule) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", rule.id());
    fields.put("destination", rule.destination());
    fields.put("function", rule.function());
    fields.put("events", rule.events());
    rule.prefix().ifPresent(prefix -> fields.put(PREFIX, prefix));
    rule.suffix().ifPresent(suffix -> fields.put(SUFFIX, suffix));
    return fields;
  }

  private static NotificationRule rule(RecordReader reader) {
    return new NotificationRule(
        reader.text("id"),
        reader.text("destination"),
        reader.text("function"),
        reader.list("events"),
        reader.optionalText(PREFIX),
        reader.optionalText(SUFFIX));
  }
}
