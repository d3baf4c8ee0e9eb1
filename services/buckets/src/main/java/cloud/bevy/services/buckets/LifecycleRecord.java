package cloud.bevy.services.buckets;

import cloud.bevy.services.buckets.LifecycleRule.NoncurrentExpiration;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentTransition;
import cloud.bevy.services.buckets.LifecycleRule.Transition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A [LifecycleConfiguration] as the JSON of the setting `lifecycle`; see `docs/formats/bucket.md`.
final class LifecycleRecord {
  private static final String DAYS = "days";
  private static final String KEPT = "kept";
  private static final String STORAGE_CLASS = "storageClass";

  private LifecycleRecord() {}

  static String write(LifecycleConfiguration configuration) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("smallOnesToo", configuration.smallOnesToo());
    fields.put("rules", configuration.rules().stream().map(LifecycleRecord::rule).toList());
    return JsonText.write(fields);
  }

  /// @throws BucketFault if the text is no such record
  static LifecycleConfiguration read(String text) {
    RecordReader reader = RecordReader.versioned(text);
    return new LifecycleConfiguration(
        reader.objects("rules").stream().map(LifecycleRecord::rule).toList(),
        reader.truth("smallOnesToo"));
  }

  private static Map<String, Object> rule(LifecycleRule rule) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", rule.id());
    fields.put("enabled", rule.enabled());
    fields.put("filter", filter(rule.filter()));
    rule.expiration().ifPresent(time -> fields.put("expiration", time(time)));
    if (rule.expiredMarkers()) {
      fields.put("expiredMarkers", true);
    }
    rule.noncurrentExpiration()
        .ifPresent(expiration ->
            fields.put("noncurrentExpiration", aged(expiration.days(), expiration.kept())));
    rule.abortUploadsAfter().ifPresent(days -> fields.put("abortUploadsAfter", days));
    if (!rule.transitions().isEmpty()) {
      fields.put(
          "transitions", rule.transitions().stream().map(LifecycleRecord::transition).toList());
    }
    if (!rule.noncurrentTransitions().isEmpty()) {
      fields.put(
          "noncurrentTransitions",
          rule.noncurrentTransitions().stream().map(LifecycleRecord::transition).toList());
    }
    return fields;
  }

  private static LifecycleRule rule(RecordReader reader) {
    return new LifecycleRule(
        reader.text("id"),
        reader.truth("enabled"),
        filter(reader.object("filter")),
        reader.optionalObject("expiration").map(LifecycleRecord::time),
        reader.has("expiredMarkers"),
        reader
            .optionalObject("noncurrentExpiration")
            .map(fields -> new NoncurrentExpiration(days(fields), kept(fields))),
        reader.optionalNumber("abortUploadsAfter").map(Math::toIntExact),
        reader.objects("transitions").stream()
            .map(fields -> new Transition(time(fields), fields.text(STORAGE_CLASS)))
            .toList(),
        reader.objects("noncurrentTransitions").stream()
            .map(fields ->
                new NoncurrentTransition(days(fields), kept(fields), fields.text(STORAGE_CLASS)))
            .toList());
  }

  private static Map<String, Object> filter(LifecycleFilter filter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("plain", filter.plain());
    filter.prefix().ifPresent(prefix -> fields.put("prefix", prefix));
    if (!filter.tags().isEmpty()) {
      fields.put("tags", filter.tags());
    }
    filter.largerThan().ifPresent(size -> fields.put("largerThan", size));
    filter.smallerThan().ifPresent(size -> fields.put("smallerThan", size));
    return fields;
  }

  private static LifecycleFilter filter(RecordReader reader) {
    return new LifecycleFilter(
        reader.truth("plain"),
        reader.optionalText("prefix"),
        reader.texts("tags"),
        reader.optionalNumber("largerThan"),
        reader.optionalNumber("smallerThan"));
  }

  private static Map<String, Object> transition(Transition transition) {
    Map<String, Object> fields = time(transition.time());
    fields.put(STORAGE_CLASS, transition.storageClass());
    return fields;
  }

  private static Map<String, Object> transition(NoncurrentTransition transition) {
    Map<String, Object> fields = aged(transition.days(), transition.kept());
    fields.put(STORAGE_CLASS, transition.storageClass());
    return fields;
  }

  private static Map<String, Object> time(LifecycleTime time) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (time) {
      case LifecycleTime.Days(int days) -> fields.put(DAYS, days);
      case LifecycleTime.Date(var midnight) -> fields.put("date", midnight.toEpochMilli());
    }
    return fields;
  }

  private static LifecycleTime time(RecordReader reader) {
    return reader.has(DAYS)
        ? new LifecycleTime.Days(days(reader))
        : new LifecycleTime.Date(reader.moment("date"));
  }

  private static Map<String, Object> aged(int days, Optional<Integer> kept) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(DAYS, days);
    kept.ifPresent(count -> fields.put(KEPT, count));
    return fields;
  }

  private static int days(RecordReader reader) {
    return Math.toIntExact(reader.number(DAYS));
  }

  private static Optional<Integer> kept(RecordReader reader) {
    return reader.optionalNumber(KEPT).map(Math::toIntExact);
  }
}
