package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Has the indexes of a cloud's tables follow by themselves while the cloud is open: each table
/// with an index that is used has its log listened to, and a [Pursuit].
final class Trails implements AutoCloseable {
  private final Indexes indexes;
  private final Cloud cloud;

  /// By the incarnations of the tables.
  private final Map<String, Trail> trails = new ConcurrentHashMap<>();

  private volatile boolean closed;

  private record Trail(Pursuit pursuit, Registration log) {
    static Trail of(Table table, Pursuit pursuit) {
      return new Trail(pursuit, table.log().listen(pursuit::wake));
    }

    void end() {
      log.close();
      pursuit.close();
    }
  }

  Trails(Indexes indexes, Cloud cloud) {
    this.indexes = indexes;
    this.cloud = cloud;
  }

  /// A table is used, or has become something else.
  void notice(Table table) {
    String incarnation = table.description().incarnation();
    if (!indexed(table.description())) {
      forget(incarnation);
      return;
    }
    Trail trail =
        trails.computeIfAbsent(
            incarnation,
            _ ->
                Trail.of(
                    table,
                    indexes.pursuits().of(cloud, enough -> pursue(table, incarnation, enough))));
    if (closed) {
      forget(incarnation);
    } else {
      trail.pursuit().wake();
    }
  }

  static boolean indexed(TableDescription table) {
    return table.definition().tags().keySet().stream().anyMatch(SearchDefinition::isTag);
  }

  private Pursuit.Outcome pursue(Table table, String incarnation, BooleanSupplier enough) {
    try {
      // When it is restored, it becomes something else.
      return table.description().restoring()
          ? Pursuit.Outcome.DONE
          : SearchDefinition.of(table.description().definition().tags())
              .map(definition -> new IndexedTable(cloud, table, definition))
              .map(source -> indexes.pursue(source, enough))
              .orElse(Pursuit.Outcome.DONE);
    } catch (NoSuchTable deleted) {
      forget(incarnation);
      return Pursuit.Outcome.DONE;
    } catch (SearchRefusal refused) {
      // Whoever searches is told what is wrong with the definition.
      return refused.kind() == SearchRefusal.Kind.ILLEGAL_ARGUMENT
          ? Pursuit.Outcome.DONE
          : Pursuit.Outcome.LATER;
    }
  }

  /// A table has no index any more.
  void forget(String incarnation) {
    Trail trail = trails.remove(incarnation);
    if (trail != null) {
      trail.end();
    }
  }

  @Override
  public void close() {
    closed = true;
    trails.keySet().forEach(this::forget);
  }
}
