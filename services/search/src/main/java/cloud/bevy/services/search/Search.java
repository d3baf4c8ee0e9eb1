package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TableNames;
import cloud.bevy.services.tables.TableNews;
import cloud.bevy.services.tables.Tables;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;

/// The search of a cloud's tables, and by way of [#buckets()] of its buckets. A table that has a
/// [SearchDefinition] has an index; a search brings it to what is durable in the table before it
/// answers, so that a write that was answered is found, unless it asks for the index as it is.
public final class Search implements AutoCloseable {
  private static final int NAMES = 1000;

  private final Indexes indexes;
  private final Cloud cloud;
  private final BucketSearch buckets;
  private final Trails trails;
  private final Points points;
  private final Pursuit sweeping;
  private final AtomicBoolean swept = new AtomicBoolean();

  Search(Indexes indexes, Cloud cloud) {
    this.indexes = indexes;
    this.cloud = cloud;
    trails = new Trails(indexes, cloud);
    points = new Points(cloud, this::held, this::deadline);
    sweeping = indexes.pursuits().of(cloud, _ -> sweep());
    buckets = new BucketSearch(this);
  }

  /// The search of the cloud's buckets.
  public BucketSearch buckets() {
    return buckets;
  }

  /// A bucket has got an index, or its index is asked: from now on it follows by itself.
  void notice(Bucket bucket) {
    trails.notice(bucket, () -> buckets.indexed(bucket));
  }

  /// Deletes the index of a bucket, which has none any more.
  void forget(Bucket bucket) {
    String folder = IndexedBucket.folder(bucket);
    trails.forget(folder);
    indexes.drop(cloud.key(), folder);
  }

  Indexes indexes() {
    return indexes;
  }

  Cloud cloud() {
    return cloud;
  }

  /// Has indexes follow by themselves. Those that were left behind when the cloud was last open do
  /// so, whichever of its tables is used now.
  void follow(TableNews news) {
    news.read(trails::notice);
    if (indexes.has(cloud.key())) {
      sweeping.wake();
    }
  }

  /// What was deleted while nobody looked, or was being deleted in a crash, leaves its index: it is
  /// deleted, once.
  Pursuit.Outcome sweep() {
    if (swept.compareAndSet(false, true)) {
      indexes.keepOnly(cloud.key(), this::incarnations);
    }
    return Pursuit.Outcome.DONE;
  }

  private Set<String> incarnations() {
    Tables tables = Tables.of(cloud);
    Set<String> incarnations = new HashSet<>();
    String after = "";
    while (true) {
      TableNames page = tables.list(after, NAMES);
      for (String name : page.names()) {
        after = name;
        try {
          TableDescription table = tables.table(name).description();
          if (Trails.indexed(table)) {
            incarnations.add(table.incarnation());
          }
        } catch (NoSuchTable deleted) {
          // It is not needed.
        }
      }
      if (!page.more()) {
        incarnations.addAll(buckets.folders());
        return incarnations;
      }
    }
  }

  /// What of a table is in its index; nothing where it has none.
  ///
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public Optional<SearchDefinition> definition(String table) {
    return SearchDefinition.of(tags(Tables.of(cloud).table(table)));
  }

  private static Map<String, String> tags(Table table) {
    return table.description().definition().tags();
  }

  /// Gives a table an index, or another one, or none. It is made when it is first asked.
  ///
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public void define(String table, @Nullable SearchDefinition definition) {
    Tables tables = Tables.of(cloud);
    tables.update(
        table,
        before -> {
          Map<String, String> tags = new HashMap<>(before.tags());
          tags.keySet().removeIf(SearchDefinition::isTag);
          if (definition != null) {
            tags.putAll(definition.tags());
          }
          return before.withTags(tags);
        });
    if (definition == null) {
      forget(tables.table(table).description());
    }
  }

  /// Deletes the index of a table that was deleted, or has none any more.
  public void forget(TableDescription table) {
    trails.forget(table.incarnation());
    indexes.drop(cloud.key(), table.incarnation());
  }

  /// Searches a table.
  ///
  /// @throws SearchRefusal if it has no index, or the request does not fit it
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public SearchAnswer search(String table, SearchRequest request) {
    return search(source(table), request);
  }

  /// How many items match a query.
  ///
  /// @throws SearchRefusal if the table has no index, or the query does not fit it
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public long count(String table, SearchRequest request) {
    return count(source(table), request);
  }

  SearchAnswer search(Indexed source, SearchRequest request) {
    return within(
        source, request.present(), view -> new SearchRun(view, request, deadline()).answer());
  }

  long count(Indexed source, SearchRequest request) {
    return within(
        source, request.present(), view -> new SearchRun(view, request, deadline()).count());
  }

  /// What these indexes are called beside the names of their tables.
  public SearchNames names() {
    return cloud.attachment(SearchNames.class, SearchNames::new);
  }

  /// The points in time of these tables.
  public Points points() {
    return points;
  }

  /// A table and its index as they are now, for whoever closes the snapshot.
  private SearchView held(String table) {
    Indexed source = source(table);
    TableIndex index = indexes.take(source);
    try {
      return new SearchView(source, index.snapshot(true));
    } finally {
      indexes.release(index);
    }
  }

  /// Why an item matches a query, or does not, as OpenSearch says it.
  ///
  /// @param id the item's, as [ItemIds] has it
  /// @return nothing where there is no such item
  /// @throws SearchRefusal if the table has no index, or the query does not fit it
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public Optional<Explained> explain(String table, String id, SearchRequest request) {
    return within(
        source(table),
        true,
        view ->
            view.source()
                .key(id)
                .flatMap(key -> new SearchRun(view, request, deadline()).explained(key)));
  }

  private Deadline deadline() {
    return new Deadline(cloud.world().time(), indexes.limits().time());
  }

  /// Brings the index of a table to what is durable in it now.
  ///
  /// @throws SearchRefusal if it has no index, or that takes too long
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public SearchStatus refresh(String table) {
    return within(source(table), true, Search::status);
  }

  /// How far the index of a table is, without waiting for it.
  ///
  /// @throws SearchRefusal if it has no index
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public SearchStatus status(String table) {
    return indexes.status(source(table));
  }

  private static SearchStatus status(SearchView view) {
    return new SearchStatus(
        view.definition(),
        view.snapshot().reader().numDocs(),
        view.snapshot().version(),
        view.source().version());
  }

  private IndexedTable source(String name) {
    Table table = Tables.of(cloud).table(name);
    SearchDefinition definition =
        SearchDefinition.of(tags(table))
            .orElseThrow(() ->
                new SearchRefusal(
                    SearchRefusal.Kind.NOT_FOUND,
                    "table ["
                        + name
                        + "] has no index: give it one with bevy table index "
                        + name
                        + " --text FIELDS"));
    return new IndexedTable(cloud, table, definition);
  }

  private <T> T within(Indexed source, boolean present, Function<SearchView, T> work) {
    TableIndex index = indexes.take(source);
    try (Snapshot snapshot = index.snapshot(present)) {
      return work.apply(new SearchView(source, snapshot));
    } catch (java.io.UncheckedIOException failed) {
      throw explained(index, failed.getCause(), failed);
    } finally {
      indexes.release(index);
    }
  }

  private SearchRefusal explained(
      TableIndex index, @Nullable IOException cause, RuntimeException failure) {
    boolean damaged =
        cause instanceof CorruptIndexException || cause instanceof java.io.EOFException;
    if (!damaged || cause == null) {
      cloud.world().log().warning("an index cannot be used: " + failure + ": " + cause);
      return new SearchRefusal(
          SearchRefusal.Kind.REJECTED, "the index cannot be read or written now: ask again");
    }
    index.broken(cause);
    return new SearchRefusal(
        SearchRefusal.Kind.REJECTED, "the index was damaged and is made anew: ask again");
  }

  /// Closes the cloud's indexes.
  @Override
  public void close() {
    sweeping.close();
    trails.close();
    points.close();
    indexes.close(cloud);
  }

  /// The names of the tables that have an index, in order.
  public List<String> indexed() {
    Tables tables = Tables.of(cloud);
    return tables.list("", Integer.MAX_VALUE - 1).names().stream()
        .filter(name -> Trails.indexed(tables.table(name).description()))
        .toList();
  }
}
