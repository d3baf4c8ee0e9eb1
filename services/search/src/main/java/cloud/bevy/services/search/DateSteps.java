package cloud.bevy.services.search;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The intervals into which time is cut: those of a calendar in a time zone, or some of equal
/// length. The latter begin as the zone's days do in winter.
final class DateSteps {
  private static final Pattern FIXED = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final int MONTHS_OF_QUARTER = 3;

  private final ZoneId zone;
  private final String unit;
  private final long length;

  private DateSteps(ZoneId zone, String unit, long length) {
    this.zone = zone;
    this.unit = unit;
    this.length = length;
  }

  /// Reads `calendar_interval` or `fixed_interval`, or `interval`, which is either, and
  /// `time_zone`.
  ///
  /// @throws SearchRefusal if there is none, or cannot be understood
  static DateSteps read(Part part) {
    ZoneId zone = zone(part.text("time_zone", "UTC"));
    if (part.has("fixed_interval") == part.has("calendar_interval") && !part.has("interval")) {
      throw SearchRefusal.illegal(
          "Invalid interval specified, must be non-null and non-empty: one of [fixed_interval] and"
              + " [calendar_interval] is needed");
    }
    if (part.has("fixed_interval")) {
      return new DateSteps(zone, "", fixed(part.text("fixed_interval")));
    }
    boolean either = !part.has("calendar_interval");
    String text = part.text(either ? "interval" : "calendar_interval");
    String unit = unit(text);
    if (unit.isEmpty() && !either) {
      throw SearchRefusal.illegal(
          "The supplied interval [" + text + "] could not be parsed as a calendar interval.");
    }
    return new DateSteps(zone, unit, unit.isEmpty() ? fixed(text) : 0);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw SearchRefusal.illegal("[time_zone] is no time zone: " + unknown.getMessage());
    }
  }

  private static String unit(String text) {
    return switch (text) {
      case "minute", "1m" -> "minute";
      case "hour", "1h" -> "hour";
      case "day", "1d" -> "day";
      case "week", "1w" -> "week";
      case "month", "1M" -> "month";
      case "quarter", "1q" -> "quarter";
      case "year", "1y" -> "year";
      default -> "";
    };
  }

  private static long fixed(String text) {
    Matcher parts = FIXED.matcher(text);
    long count = parts.matches() ? Long.parseLong(parts.group(1)) : 0;
    if (count == 0) {
      throw SearchRefusal.illegal(
          "failed to parse setting [date_histogram.fixedInterval] with value ["
              + text
              + "] as a time value");
    }
    return count
        * switch (parts.group(2)) {
          case "ms" -> 1L;
          case "s" -> 1000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 86_400_000L;
        };
  }

  /// The beginning of the interval that a moment is in.
  long floor(long millis) {
    Instant moment = Instant.ofEpochMilli(millis);
    if (unit.isEmpty()) {
      long ahead = zone.getRules().getStandardOffset(moment).getTotalSeconds() * 1000L;
      return Math.floorDiv(millis + ahead, length) * length - ahead;
    }
    ZonedDateTime at = moment.atZone(zone);
    LocalDate day = at.toLocalDate();
    return switch (unit) {
      case "minute" -> millis(at.truncatedTo(ChronoUnit.MINUTES));
      case "hour" -> millis(at.truncatedTo(ChronoUnit.HOURS));
      case "day" -> start(day);
      case "week" -> start(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case "month" -> start(day.withDayOfMonth(1));
      case "quarter" ->
          start(day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % MONTHS_OF_QUARTER));
      default -> start(day.withDayOfYear(1));
    };
  }

  /// The beginning of the interval behind the one that begins at a moment.
  long next(long millis) {
    if (unit.isEmpty()) {
      return millis + length;
    }
    ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
    LocalDate day = at.toLocalDate();
    return switch (unit) {
      case "minute" -> millis(at.plusMinutes(1));
      case "hour" -> millis(at.plusHours(1));
      case "day" -> start(day.plusDays(1));
      case "week" -> start(day.plusWeeks(1));
      case "month" -> start(day.plusMonths(1));
      case "quarter" -> start(day.plusMonths(MONTHS_OF_QUARTER));
      default -> start(day.plusYears(1));
    };
  }

  private long start(LocalDate day) {
    return millis(day.atStartOfDay(zone));
  }

  private static long millis(ZonedDateTime at) {
    return at.toInstant().toEpochMilli();
  }

  /// A moment as it is written in the time zone, with milliseconds.
  String shown(long millis) {
    return Moments.shown(millis, zone);
  }
}
