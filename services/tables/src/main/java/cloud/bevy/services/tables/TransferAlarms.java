package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what exports and imports have asked to be woken for: each has an alarm of its own until it
/// has ended.
///
/// @param carrier how items come out of tables and into them
public record TransferAlarms(Carrier carrier) {
  /// How long what was asked for may take to be written down before it is looked for.
  static final Duration SAFETY = Duration.ofMinutes(1);

  private static final String EXPORT = "table-export/";
  private static final String IMPORT = "table-import/";

  /// The alarm of an export.
  static String export(String id) {
    return EXPORT + id;
  }

  /// The alarm of an import.
  static String ofImport(String id) {
    return IMPORT + id;
  }

  /// Whether it was an export or an import that asked for an alarm.
  public static boolean asked(String alarm) {
    return alarm.startsWith(EXPORT) || alarm.startsWith(IMPORT);
  }

  /// Does what [Cloud#wakeBy] was asked for.
  ///
  /// @param stopping whether to stop: what is left is to be done later
  /// @return when there will be something to do again
  public Optional<Instant> ring(Cloud cloud, String alarm, BooleanSupplier stopping) {
    Tables tables = Tables.of(cloud);
    return alarm.startsWith(EXPORT)
        ? tables.exports().ring(alarm.substring(EXPORT.length()), carrier, stopping)
        : tables.imports().ring(alarm.substring(IMPORT.length()), carrier, stopping);
  }
}
