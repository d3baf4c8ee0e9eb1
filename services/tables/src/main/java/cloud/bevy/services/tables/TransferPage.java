package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Some exports or imports, in the order in which they were asked for.
///
/// @param <T> which of the two
/// @param more whether there are others behind them
public record TransferPage<T>(List<T> transfers, boolean more) {
  /// Copies the list.
  public TransferPage {
    transfers = List.copyOf(transfers);
  }

  /// The first that are wanted of those that a cursor comes to.
  static <T> TransferPage<T> of(
      BeeCursor cursor, int limit, Function<BeeEntry, T> read, Predicate<T> wanted) {
    List<T> found = new ArrayList<>();
    while (cursor.hasNext()) {
      T next = read.apply(cursor.next());
      if (wanted.test(next)) {
        if (found.size() == limit) {
          return new TransferPage<>(found, true);
        }
        found.add(next);
      }
    }
    return new TransferPage<>(found, false);
  }
}
