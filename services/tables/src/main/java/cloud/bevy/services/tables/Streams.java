package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The streams of a cloud's tables, and of those deleted tables whose streams can still be read.
///
/// A deleted table that has such a stream is `kept:…` in the catalogue with all that is known of
/// it; until that is over, its bee is needed ([Holds]).
public final class Streams {
  private static final String KEPT = "kept:";

  private final Cloud cloud;
  private final Tables tables;
  private final Bee catalogue;
  private final StreamIterators iterators;

  Streams(Cloud cloud, Tables tables, Bee catalogue) {
    this.cloud = cloud;
    this.tables = tables;
    this.catalogue = catalogue;
    iterators = new StreamIterators(cloud, this);
  }

  /// The streams behind another.
  ///
  /// @param table the name of the table whose streams are wanted; null for those of all
  /// @param after the other, which need not exist; null for the first
  public StreamPage list(@Nullable String table, StreamPage.@Nullable Named after, int limit) {
    NavigableSet<StreamPage.Named> found = new TreeSet<>();
    for (TableDescription deleted : kept()) {
      name(deleted, after, found);
    }
    String first = table != null ? table : after != null ? after.table() : "";
    BeeCursor cursor =
        catalogue.now().range(Range.prefix(Tables.key(Tables.NAME)).gte(Tables.nameKey(first)));
    int live = 0;
    boolean further = true;
    while (cursor.hasNext() && live <= limit && further) {
      BeeEntry entry = cursor.next();
      String name = Tables.name(entry.key());
      further = table == null || name.equals(table);
      live += further ? name(TableRecord.read(name, entry.value()), after, found) : 0;
    }
    List<StreamPage.Named> wanted =
        found.stream().filter(each -> table == null || each.table().equals(table)).toList();
    return new StreamPage(wanted.subList(0, Math.min(limit, wanted.size())), wanted.size() > limit);
  }

  private int name(
      TableDescription table,
      StreamPage.@Nullable Named after,
      Collection<StreamPage.Named> found) {
    int count = 0;
    for (TableStream stream : table.definition().streams()) {
      StreamPage.Named named = new StreamPage.Named(table.name(), stream.label());
      if (stream.readable(now()) && (after == null || named.compareTo(after) > 0)) {
        found.add(named);
        count++;
      }
    }
    return count;
  }

  /// The stream of that name.
  ///
  /// @param table the table's name
  /// @param label the stream's
  /// @return nothing where there is none, or none that can still be read
  public Optional<StreamReader> find(String table, String label) {
    Optional<StreamReader> live =
        catalogue
            .now()
            .get(Tables.nameKey(table))
            .map(entry -> TableRecord.read(table, entry.value()))
            .flatMap(description -> reader(description, label, false));
    return live.or(() ->
        kept().stream()
            .filter(deleted -> deleted.name().equals(table))
            .flatMap(deleted -> reader(deleted, label, true).stream())
            .findFirst());
  }

  /// Has a table's stream be on, and each write wake the cloud from now on
  /// ([Cloud#wakeUnlessAsked]), until the stream is switched off or the table deleted.
  ///
  /// @param view what the stream shows if it has to be switched on
  /// @return the stream
  /// @throws NoSuchTable if there is no such table, or it is being restored
  public StreamReader follow(String table, String follower, StreamView view) {
    if (tables.idle(table).description().definition().stream() == null) {
      try {
        tables.stream(table, view, before -> before);
      } catch (InvalidRequest already) {
        // somebody else has just switched it on
      }
    }
    TableStream stream = tables.table(table).description().definition().stream();
    if (stream == null) {
      throw new InvalidRequest("The stream of table " + table + " was switched off meanwhile");
    }
    followed(table, stream.label(), follower, true);
    return find(table, stream.label()).orElseThrow(() -> new NoSuchTable(table));
  }

  /// Has writes wake the cloud for somebody no more, if they do.
  public void unfollow(String table, String label, String follower) {
    boolean follows =
        find(table, label)
            .filter(reader -> reader.stream().followers().contains(follower))
            .isPresent();
    if (follows) {
      try {
        followed(table, label, follower, false);
      } catch (NoSuchTable deleted) {
        // nothing is written to it any more
      }
    }
  }

  private void followed(String table, String label, String follower, boolean follows) {
    tables.describe(
        table,
        (_, before) -> before.with(before.definition().followed(label, follower, follows), true));
  }

  /// What somebody is given to read a stream on from a place, for a quarter of an hour.
  public String iterator(StreamReader reader, long place) {
    return iterators.issue(reader, place);
  }

  /// What becomes of such an iterator, or of what somebody says is one.
  public IteratorUse use(String iterator) {
    return iterators.use(iterator);
  }

  private Optional<StreamReader> reader(TableDescription table, String label, boolean deleted) {
    return table.definition().streams().stream()
        .filter(stream -> stream.label().equals(label) && stream.readable(now()))
        .findFirst()
        .map(stream -> new StreamReader(cloud, table, stream, deleted));
  }

  /// Whether a table that is to be deleted has a stream that can still be read.
  boolean outlive(TableDescription table) {
    return table.definition().streams().stream().anyMatch(stream -> stream.readable(now()));
  }

  /// Notes that a table was deleted and its streams are to be read until a day from now.
  void keep(BeeBatch batch, TableDescription table) {
    List<TableStream> ended = new ArrayList<>();
    for (TableStream stream : table.definition().streams()) {
      ended.add(stream.enabled() ? stream.end(now(), TableStream.OPEN) : stream);
    }
    TableDescription left =
        new TableDescription(
            table.definition().withStreams(ended),
            table.incarnation(),
            table.created(),
            table.removed(),
            table.recovery(),
            table.restoration(),
            table.importing());
    byte[] name = Tables.key(table.name() + "\0");
    batch.put(keptKey(table), KeyCodec.join(name, TableRecord.bytes(left)));
    new Holds(batch).need(table.incarnation(), Holds.STREAM, "");
  }

  /// Deleted tables whose streams cannot be read any more are needed for them no more.
  void forgetOld() {
    for (TableDescription deleted : kept()) {
      if (!outlive(deleted)) {
        try (BeeBatch batch = catalogue.batch()) {
          batch.delete(keptKey(deleted));
          new Holds(batch).release(deleted.incarnation(), Holds.STREAM);
          cloud.durable(batch.commit());
        }
      }
    }
  }

  /// When the next of the deleted tables of a name can be dropped.
  Optional<Instant> nextToForget(String table) {
    return kept().stream()
        .filter(deleted -> deleted.name().equals(table))
        .flatMap(deleted -> deleted.definition().streams().stream())
        .map(TableStream::ended)
        .flatMap(ended -> Optional.ofNullable(ended).stream())
        .map(ended -> ended.plus(TableStream.KEPT))
        .filter(moment -> moment.isAfter(now()))
        .min(Comparator.naturalOrder());
  }

  private List<TableDescription> kept() {
    List<TableDescription> kept = new ArrayList<>();
    BeeCursor cursor = catalogue.now().range(Range.prefix(Tables.key(KEPT)));
    while (cursor.hasNext()) {
      byte[] value = cursor.next().value();
      int end = 0;
      while (value[end] != 0) {
        end++;
      }
      String name = new String(value, 0, end, StandardCharsets.UTF_8);
      kept.add(TableRecord.read(name, Arrays.copyOfRange(value, end + 1, value.length)));
    }
    return kept;
  }

  private static byte[] keptKey(TableDescription table) {
    return Tables.key(KEPT + table.incarnation());
  }

  private Instant now() {
    return cloud.world().time().now();
  }
}
