package cloud.bevy.services.tables;

import java.util.List;

/// Some exports or imports, in the order in which they were asked for.
///
/// @param <T> which of the two
/// @param more whether there are others behind them
public record TransferPage<T>(List<T> transfers, boolean more) {
  /// Copies the list.
  public TransferPage {
    transfers = List.copyOf(transfers);
  }
}
