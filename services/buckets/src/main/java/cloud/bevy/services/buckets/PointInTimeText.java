package cloud.bevy.services.buckets;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How points in time are written.
final class PointInTimeText {
  private static final Pattern VERSION = Pattern.compile("v([0-9]{1,15})");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}[smhdw])+");
  private static final Pattern PIECE = Pattern.compile("([0-9]{1,9})([smhdw])");
  private static final int LONGEST_TEXT = 64;
  private static final Duration LONGEST = Duration.ofDays(366_000);
  private static final long DAY = 24;
  private static final long WEEK = 7;

  /// The time of a day in the basic form, whose seconds may be missing.
  private static final DateTimeFormatter BASIC =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.BASIC_ISO_DATE)
          .appendLiteral('T')
          .appendPattern("HHmm[ss]")
          .appendPattern("[.SSS]")
          .appendPattern("[XX][X]")
          .toFormatter(Locale.ROOT);

  private PointInTimeText() {}

  static Optional<PointInTime> version(String text) {
    Matcher version = VERSION.matcher(text);
    return version.matches()
        ? Optional.of(new PointInTime.Version(Long.parseLong(version.group(1))))
        : Optional.empty();
  }

  static Optional<Duration> duration(String text) {
    if (text.length() > LONGEST_TEXT || !SPAN.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      long count = Long.parseLong(piece.group(1));
      sum =
          sum.plus(
              switch (piece.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofHours(DAY * count);
                default -> Duration.ofHours(WEEK * DAY * count);
              });
    }
    return Optional.of(sum).filter(span -> span.compareTo(LONGEST) <= 0);
  }

  static Optional<Instant> moment(String written) {
    String text = written.toUpperCase(Locale.ROOT);
    return parse(DateTimeFormatter.ISO_DATE_TIME, text)
        .or(() -> parse(BASIC, text))
        .or(() -> parse(DateTimeFormatter.ISO_LOCAL_DATE, text))
        .or(() -> parse(DateTimeFormatter.BASIC_ISO_DATE, text));
  }

  private static Optional<Instant> parse(DateTimeFormatter format, String text) {
    try {
      TemporalAccessor read =
          format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return Optional.of(
          switch (read) {
            case OffsetDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> LocalDate.from(read).atStartOfDay().toInstant(ZoneOffset.UTC);
          });
    } catch (DateTimeException notThis) {
      return Optional.empty();
    }
  }
}
