package cloud.bevy.services.buckets;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Says that versions of a bucket's objects can be kept from being deleted.
///
/// @param retention what holds for objects that say nothing of it
public record LockConfiguration(Optional<DefaultRetention> retention) {
  /// How long objects are kept from when they are put; one of the numbers is zero.
  public record DefaultRetention(LockMode mode, int days, int years) {
    Retention from(Instant now) {
      return new Retention(
          mode, now.atOffset(ZoneOffset.UTC).plusDays(days).plusYears(years).toInstant());
    }
  }

  /// What locks an object that is put now.
  ///
  /// @param asked what was said of it
  ObjectLock lock(ObjectLock asked, Instant now) {
    return asked.retention().isPresent()
        ? asked
        : new ObjectLock(retention.map(it -> it.from(now)), asked.legalHold());
  }

  /// The text in the bucket's settings.
  String write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    retention.ifPresent(it -> {
      fields.put("mode", it.mode().name());
      fields.put("days", it.days());
      fields.put("years", it.years());
    });
    return JsonText.write(fields);
  }

  static LockConfiguration read(String text) {
    RecordReader reader = RecordReader.versioned(text);
    return new LockConfiguration(
        reader
            .optionalText("mode")
            .map(LockMode::valueOf)
            .map(mode ->
                new DefaultRetention(
                    mode,
                    Math.toIntExact(reader.number("days")),
                    Math.toIntExact(reader.number("years")))));
  }
}
