package cloud.bevy.services.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What import is asked for.
///
/// @param token says that two requests are one; empty where nothing does
/// @param from where it comes from
/// @param form what the files are like
/// @param table what the table is to be
public record ImportOrder(String token, TransferPlace from, Form form, TableDefinition table) {
  /// What the files of an import are like.
  ///
  /// @param format `CSV`, `DYNAMODB_JSON` or `ION`
  /// @param compression `GZIP`, `ZSTD` or `NONE`; null where nobody says so, which means `NONE`
  /// @param csv null where nothing is said of it
  public record Form(String format, @Nullable String compression, @Nullable Csv csv) {}

  /// What files of comma-separated values are like.
  ///
  /// @param delimiter what is between values; null for a comma
  /// @param header the names of the columns; none where the first line of a file says them
  public record Csv(@Nullable String delimiter, List<String> header) {
    /// Copies the names.
    public Csv {
      header = List.copyOf(header);
    }
  }
}
