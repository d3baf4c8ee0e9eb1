package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What export is asked for.
///
/// @param arn of the table, as whoever asks calls it
/// @param token says that two requests are one; empty where nothing does
/// @param to where it goes
/// @param form what the files are like
/// @param moment as of which all items are wanted; null for now
/// @param window what changes are wanted; null where all items are
public record ExportOrder(
    String arn,
    String token,
    TransferPlace to,
    Form form,
    @Nullable Instant moment,
    @Nullable ExportWindow window) {
  /// What the files of an export are like.
  ///
  /// @param format `DYNAMODB_JSON` or `ION`
  /// @param encryption `AES256` or `KMS`; null where nobody says so
  /// @param key the key that goes with it; null where nobody says so
  public record Form(String format, @Nullable String encryption, @Nullable String key) {}
}
