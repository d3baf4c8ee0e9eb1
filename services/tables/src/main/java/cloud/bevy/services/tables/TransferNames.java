package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How exports and imports are called, and when they were.
final class TransferNames {
  private static final int SUFFIX_BYTES = 4;

  private TransferNames() {}

  /// A new id: ids are in the order of their moments.
  static String id(Cloud cloud, Instant now) {
    String suffix = HexFormat.of().formatHex(cloud.world().chance().bytes(SUFFIX_BYTES));
    return "%014d-%s".formatted(now.toEpochMilli(), suffix);
  }

  /// The id in a key of the catalogue.
  static String id(byte[] key, String prefix) {
    return new String(key, StandardCharsets.UTF_8).substring(prefix.length());
  }

  /// A key with a number behind it: keys are in the order of their numbers.
  static byte[] numbered(byte[] prefix, int number) {
    return KeyCodec.join(prefix, Tables.key("%010d".formatted(number)));
  }

  /// Whether something has ended before a moment.
  static boolean before(@Nullable TransferEnd end, Instant moment) {
    return end != null && end.moment().isBefore(moment);
  }

  /// To the millisecond, as the catalogue has it.
  static Instant now(Cloud cloud) {
    return cloud.world().time().now().truncatedTo(ChronoUnit.MILLIS);
  }
}
