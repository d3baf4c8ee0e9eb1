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

/// A point in a bucket's past, as people name it.
public sealed interface PointInTime {
  /// A moment.
  record At(Instant moment) implements PointInTime {}

  /// Some time ago.
  record Ago(Duration duration) implements PointInTime {}

  /// A version of the bucket's log.
  record Version(long number) implements PointInTime {}

  /// Reads `2026-11-26T10:00:00Z` or `20261126T100000Z` (ISO 8601, UTC where nothing is said), a
  /// date alone for its first moment, `-2h` or `2h` (also `90m`, `30s`, `7d`, `2w`, `1d12h`) for
  /// some time ago, and `v123` for a version of the log.
  ///
  /// @return nothing where it is none of these
  static Optional<PointInTime> read(String text) {
    return Reading.version(text)
        .or(() -> duration(text.startsWith("-") ? text.substring(1) : text).map(Ago::new))
        .or(() -> Reading.moment(text.toUpperCase(Locale.ROOT)).map(At::new));
  }

  /// Reads a span of time: `2h`, `90m`, `30s`, `7d`, `2w`, or several together: `1d12h`.
  static Optional<Duration> duration(String text) {
    return Reading.duration(text);
  }

  /// How points in time are written.
  final class Reading {
    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,15})");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}[smhdw])+");
    private static final Pattern PIECE = Pattern.compile("([0-9]{1,9})([smhdw])");
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

    private Reading() {}

    private static Optional<PointInTime> version(String text) {
      Matcher version = VERSION.matcher(text);
      return version.matches()
          ? Optional.of(new Version(Long.parseLong(version.group(1))))
          : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
      if (!SPAN.matcher(text).matches()) {
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
      return Optional.of(sum);
    }

    private static Optional<Instant> moment(String text) {
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
}
