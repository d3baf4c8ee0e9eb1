package cloud.bevy.doors.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Moments as HTTP and S3 write them.
final class HttpDates {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter XML =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int LAST_YEAR = 9999;

  private HttpDates() {}

  /// `Fri, 24 May 2013 00:00:00 GMT`.
  static String http(Instant moment) {
    return HTTP.format(moment);
  }

  /// `2013-05-24T00:00:00.000Z`.
  static String xml(Instant moment) {
    LocalDateTime at = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > LAST_YEAR) {
      return XML.format(moment);
    }
    StringBuilder text = new StringBuilder(24); // lists have a thousand of them
    digits(text, at.getYear(), 1000).append('-');
    digits(text, at.getMonthValue(), 10).append('-');
    digits(text, at.getDayOfMonth(), 10).append('T');
    digits(text, at.getHour(), 10).append(':');
    digits(text, at.getMinute(), 10).append(':');
    digits(text, at.getSecond(), 10).append('.');
    return digits(text, at.getNano() / 1_000_000, 100).append('Z').toString();
  }

  /// When something was changed, as lists say it: in the same form, and in full seconds as in
  /// headers, so that both say the same.
  static String listed(Instant moment) {
    return xml(seconds(moment));
  }

  /// Adds a number with leading zeros.
  ///
  /// @param first what its first digit stands for
  private static StringBuilder digits(StringBuilder text, int number, int first) {
    for (int place = first; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
    return text;
  }

  /// Reads a date of a header: the form above, or ISO 8601.
  static Optional<Instant> read(String text) {
    return parse(HTTP, text).or(() -> parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME, text));
  }

  /// Reads a date of a header whose weekday need not be that of the day.
  static Optional<Instant> readWithoutWeekday(String text) {
    String date = text.substring(text.indexOf(',') + 1).strip();
    return parse(DateTimeFormatter.RFC_1123_DATE_TIME, date).or(() -> read(text));
  }

  /// Without the fractions of a second that headers cannot say.
  static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> parse(DateTimeFormatter format, String text) {
    try {
      return Optional.of(Instant.from(format.parse(text.strip())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
