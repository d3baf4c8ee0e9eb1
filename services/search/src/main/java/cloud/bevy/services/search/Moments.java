package cloud.bevy.services.search;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Moments as OpenSearch writes them.
final class Moments {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  private Moments() {}

  /// A moment in a time zone, with milliseconds.
  static String shown(long millis, ZoneId zone) {
    return FORMAT.format(Instant.ofEpochMilli(millis).atZone(zone));
  }
}
