package cloud.bevy.services.tables;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a table is to be.
///
/// @param name 3 to 255 letters, digits, `_`, `-` and `.`
/// @param keys which attributes are its key
/// @param capacity what was said of its throughput
/// @param deletionProtected whether it cannot be deleted
/// @param tags words its owner attached to it
/// @param indexes in the order in which they were made
/// @param timeToLive when items expire; null if they do not
/// @param streams that can be read, and the latest, oldest first
public record TableDefinition(
    String name,
    KeySchema keys,
    Capacity capacity,
    boolean deletionProtected,
    Map<String, String> tags,
    List<SecondaryIndex> indexes,
    @Nullable TimeToLive timeToLive,
    List<TableStream> streams) {
  /// Copies tags, indexes and streams.
  public TableDefinition {
    SortedMap<String, String> sorted = new TreeMap<>(tags);
    tags = Collections.unmodifiableSortedMap(sorted);
    indexes = List.copyOf(indexes);
    streams = List.copyOf(streams);
  }

  /// A table on demand, without all that need not be.
  public static TableDefinition of(String name, KeySchema keys) {
    return new TableDefinition(
        name, keys, Capacity.ON_DEMAND, false, Map.of(), List.of(), null, List.of());
  }

  /// The same with another capacity.
  public TableDefinition with(Capacity next) {
    return new TableDefinition(
        name, keys, next, deletionProtected, tags, indexes, timeToLive, streams);
  }

  /// The same, protected or not.
  public TableDefinition withDeletionProtected(boolean next) {
    return new TableDefinition(name, keys, capacity, next, tags, indexes, timeToLive, streams);
  }

  /// The same with other tags.
  public TableDefinition withTags(Map<String, String> next) {
    return new TableDefinition(
        name, keys, capacity, deletionProtected, next, indexes, timeToLive, streams);
  }

  /// The same with other indexes.
  public TableDefinition withIndexes(List<SecondaryIndex> next) {
    return new TableDefinition(
        name, keys, capacity, deletionProtected, tags, next, timeToLive, streams);
  }

  /// The same with another attribute that says when items expire.
  TableDefinition withTimeToLive(@Nullable TimeToLive next) {
    return new TableDefinition(
        name, keys, capacity, deletionProtected, tags, indexes, next, streams);
  }

  /// The same with other streams.
  TableDefinition withStreams(List<TableStream> next) {
    return new TableDefinition(
        name, keys, capacity, deletionProtected, tags, indexes, timeToLive, next);
  }

  /// The stream that is on; null if none is.
  public @Nullable TableStream stream() {
    TableStream latest = latestStream();
    return latest == null || !latest.enabled() ? null : latest;
  }

  /// The stream that was switched on last, though it may be off; null if none ever was.
  public @Nullable TableStream latestStream() {
    return streams.isEmpty() ? null : streams.getLast();
  }

  /// The same with a stream that is switched on.
  ///
  /// @param since the version of the table's bee
  /// @throws InvalidRequest if there is one already
  TableDefinition streaming(StreamView view, Instant now, long since) {
    if (stream() != null) {
      throw new InvalidRequest("Table already has an enabled stream: TableName: " + name);
    }
    TableStream latest = latestStream();
    Instant created = now.truncatedTo(ChronoUnit.MILLIS);
    if (latest != null && !latest.created().isBefore(created)) {
      created = latest.created().plusMillis(1);
    }
    List<TableStream> next = new ArrayList<>(streams);
    next.removeIf(stream -> !stream.readable(now));
    next.add(new TableStream(created, view, since, TableStream.OPEN, null, List.of()));
    return withStreams(next);
  }

  /// The same with its stream switched off.
  ///
  /// @param until the version of the table's bee
  /// @throws InvalidRequest if there is none
  TableDefinition notStreaming(Instant now, long until) {
    TableStream stream = stream();
    if (stream == null) {
      throw new InvalidRequest("Table has no stream to disable: TableName: " + name);
    }
    List<TableStream> next = new ArrayList<>(streams);
    next.set(next.size() - 1, stream.end(now, until));
    return withStreams(next);
  }

  /// The same with a stream that somebody follows, or does no more. Where that stream is not on,
  /// nothing changes.
  ///
  /// @param label the stream's
  TableDefinition followed(String label, String follower, boolean follows) {
    return withStreams(
        streams.stream()
            .map(each ->
                each.enabled() && each.label().equals(label)
                    ? each.followed(follower, follows)
                    : each)
            .toList());
  }

  /// What a table is to be that is restored from this one: keys, indexes and throughput, and
  /// nothing else.
  public TableDefinition restored(String target) {
    List<SecondaryIndex> empty = indexes.stream().map(index -> index.placed("", false)).toList();
    return of(target, keys).with(capacity).withIndexes(empty);
  }

  /// Its indexes in the order in which DynamoDB checks what is written: global ones first.
  List<SecondaryIndex> globalFirst() {
    return indexes.stream().sorted(Comparator.comparing(each -> !each.global())).toList();
  }

  /// Refuses an item that cannot be in an index it has to be in.
  ///
  /// @throws InvalidRequest if an index key is of another type, empty or too long
  public void check(Item item) {
    globalFirst().forEach(index -> index.check(item));
  }

  /// Refuses paths that lead into an attribute that is of a key, as that has nothing within.
  ///
  /// @throws InvalidRequest if there is one
  public void checkScalars(List<DocumentPath> paths) {
    checkScalars(paths, keys, "Key");
    globalFirst().forEach(index -> checkScalars(paths, index.keys(), "IndexKey"));
  }

  private static void checkScalars(List<DocumentPath> paths, KeySchema schema, String kind) {
    for (KeyAttribute attribute : schema.attributes()) {
      for (DocumentPath path : paths) {
        if (path.nested() && path.attribute().equals(attribute.name())) {
          throw new InvalidRequest(
              "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                  + " allowed: %s: %s".formatted(kind, attribute.name()));
        }
      }
    }
  }

  /// The index of that name.
  public Optional<SecondaryIndex> index(String index) {
    return indexes.stream().filter(each -> each.name().equals(index)).findFirst();
  }
}
