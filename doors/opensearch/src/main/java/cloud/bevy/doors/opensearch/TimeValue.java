package cloud.bevy.doors.opensearch;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as OpenSearch writes them: `30s`, `5m`.
final class TimeValue {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(nanos|micros|ms|s|m|h|d)");

  private TimeValue() {}

  static Duration read(String name, String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw Refused.illegal(
          "failed to parse setting ["
              + name
              + "] with value ["
              + text
              + "] as a time value: unit is missing or unrecognized");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "nanos" -> Duration.ofNanos(number);
      case "micros" -> Duration.ofNanos(number * 1000);
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /// A time in the unit that fits it.
  static String written(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
