package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Has the indexes of a cloud follow by themselves while the cloud is open: each table with an
/// index that is used, and each bucket whose index was defined or asked, has its log listened to,
/// and a [Pursuit].
final class Trails implements AutoCloseable {
  /// What was done to a bucket is read anew in each piece, so its pieces are longer.
  private static final Duration BUCKET_PIECE = Duration.ofSeconds(10);

  private final Indexes indexes;
  private final Cloud cloud;

  /// By the names of the indexes' folders.
  private final Map<String, Trail> trails = new ConcurrentHashMap<>();

  private volatile boolean closed;

  private record Trail(Pursuit pursuit, Registration log) {
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
    Pursuit.Work work = enough -> pursue(table, incarnation, enough);
    trail(incarnation, table.log()::listen, work).pursuit().wake();
  }

  /// A bucket has got an index, or its index is asked.
  void notice(Bucket bucket, Supplier<Optional<Indexed>> source) {
    String folder = IndexedBucket.folder(bucket);
    if (!trails.containsKey(folder)) {
      Pursuit.Work work = _ -> pursue(folder, source);
      trail(folder, bucket.log()::listen, work).pursuit().wake();
    }
  }

  private Trail trail(String folder, Function<Runnable, Registration> log, Pursuit.Work work) {
    Trail trail =
        trails.computeIfAbsent(
            folder,
            _ -> {
              Pursuit pursuit = indexes.pursuits().of(cloud, work);
              return new Trail(pursuit, log.apply(pursuit::wake));
            });
    if (closed) {
      forget(folder);
    }
    return trail;
  }

  private Pursuit.Outcome pursue(String folder, Supplier<Optional<Indexed>> source) {
    Optional<Indexed> indexed = source.get();
    if (indexed.isEmpty()) {
      forget(folder);
      return Pursuit.Outcome.DONE;
    }
    Time time = cloud.world().time();
    long end = time.nanos() + BUCKET_PIECE.toNanos();
    return indexes.pursue(
        indexed.get(), () -> !trails.containsKey(folder) || time.nanos() - end > 0);
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

  /// There is no index any more.
  void forget(String folder) {
    Trail trail = trails.remove(folder);
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
