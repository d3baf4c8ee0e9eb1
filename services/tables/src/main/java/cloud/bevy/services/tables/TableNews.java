package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells which tables of an open cloud are used, and when what is said of them has changed: to
/// those who make something from their items.
public final class TableNews {
  private final List<Consumer<Table>> readers = new CopyOnWriteArrayList<>();

  private TableNews() {}

  /// The news of `cloud`: always the same object while the cloud is open.
  public static TableNews of(Cloud cloud) {
    return cloud.attachment(TableNews.class, _ -> new TableNews());
  }

  /// Has a reader told of each table that is used from now on, and of each that became something
  /// else.
  ///
  /// @param reader called by whoever uses the table, so it must be short and must not fail; it may
  ///   be told the same twice
  public void read(Consumer<Table> reader) {
    readers.add(reader);
  }

  Table tell(Table table) {
    readers.forEach(reader -> reader.accept(table));
    return table;
  }
}
