package cloud.bevy.services.buckets;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How long a bucket keeps the bytes of what was overwritten or deleted, so that it can be read as
/// it was. What happens first ends it: the time, or that more bytes came behind.
///
/// @param time how long; zero for not at all
/// @param bytes how many at most
public record HistorySpan(Duration time, long bytes) {
  /// What holds where nothing was set: a day, as long as it is little.
  public static final HistorySpan DEFAULT = new HistorySpan(Duration.ofDays(1), 256L << 20);

  /// Space comes back at once.
  public static final HistorySpan NONE = new HistorySpan(Duration.ZERO, 0);

  /// Checks the signs.
  public HistorySpan {
    if (time.isNegative() || bytes < 0) {
      throw new IllegalArgumentException("a span of " + time + " and " + bytes + " bytes");
    }
  }

  /// For a time, however many bytes that are.
  public static HistorySpan of(Duration time) {
    return new HistorySpan(time, time.isZero() ? 0 : Long.MAX_VALUE);
  }

  /// What a bucket's settings say.
  static HistorySpan of(Optional<String> setting) {
    return setting.map(HistorySpan::read).orElse(DEFAULT);
  }

  /// Whether what was retired then is kept no longer.
  boolean over(Instant retired, Instant now) {
    return !now.isBefore(end(retired));
  }

  /// Until when something is kept.
  Instant end(Instant retired) {
    return retired.plus(time);
  }

  /// The setting's text; see `docs/formats/bucket.md`.
  String write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("seconds", time.toSeconds());
    fields.put("bytes", bytes);
    return JsonText.write(fields);
  }

  static HistorySpan read(String text) {
    RecordReader reader = RecordReader.versioned(text);
    return new HistorySpan(Duration.ofSeconds(reader.number("seconds")), reader.number("bytes"));
  }
}
