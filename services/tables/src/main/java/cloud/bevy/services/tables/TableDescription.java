package cloud.bevy.services.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a table is.
///
/// @param definition what it was created as, and changed to
/// @param incarnation 32 hexadecimal digits that no other table has, of this name or another
/// @param created when it was created, to the millisecond
/// @param removed of what was derived from the items and is no more, though entries are left
/// @param recovery how far back it may be restored; null where it may not
/// @param restoration what it was made from; null if it was made empty
/// @param importing the id of the import that has still to fill it; null if none has
public record TableDescription(
    TableDefinition definition,
    String incarnation,
    Instant created,
    List<String> removed,
    @Nullable Recovery recovery,
    @Nullable Restoration restoration,
    @Nullable String importing) {
  /// Copies what was removed.
  public TableDescription {
    removed = List.copyOf(removed);
  }

  /// An empty table that cannot be restored yet.
  TableDescription(TableDefinition definition, String incarnation, Instant created) {
    this(definition, incarnation, created, List.of(), null, null, null);
  }

  /// Whether items are still missing that it is restored with, or that are imported.
  public boolean restoring() {
    return importing != null || (restoration != null && !restoration.done());
  }

  /// The same, to be filled by an import, or to be no more.
  TableDescription importing(@Nullable String id) {
    return new TableDescription(
        definition, incarnation, created, removed, recovery, restoration, id);
  }

  /// The same, to be restored to any second from now on, or not.
  TableDescription with(@Nullable Recovery next) {
    return new TableDescription(
        definition, incarnation, created, removed, next, restoration, importing);
  }

  /// The same, made from something.
  TableDescription with(Restoration next) {
    return new TableDescription(
        definition, incarnation, created, removed, recovery, next, importing);
  }

  private TableDescription with(TableDefinition next, List<String> gone) {
    return new TableDescription(next, incarnation, created, gone, recovery, restoration, importing);
  }

  /// The name of the table.
  public String name() {
    return definition.name();
  }

  /// The name of the bee that holds the items.
  String bee() {
    return bee(incarnation);
  }

  static String bee(String incarnation) {
    return "table/" + incarnation;
  }

  /// What is derived from the items.
  List<Derived> derived() {
    List<Derived> derived = new ArrayList<>(definition.indexes());
    if (definition.timeToLive() != null) {
      derived.add(definition.timeToLive());
    }
    return derived;
  }

  /// Whether something is to be done that nobody waits for.
  boolean unfinished() {
    TimeToLive timeToLive = definition.timeToLive();
    return restoring()
        || !removed.isEmpty()
        || (timeToLive != null && timeToLive.building())
        || definition.indexes().stream().anyMatch(SecondaryIndex::building);
  }

  /// The same with another definition. What it derives anew gets a name for its entries, what it
  /// derives no more is to be removed.
  ///
  /// @param building whether there may be items already
  TableDescription with(TableDefinition next, boolean building) {
    int number = nextNumber();
    List<SecondaryIndex> indexes = new ArrayList<>();
    for (SecondaryIndex index : next.indexes()) {
      indexes.add(index.id().isEmpty() ? index.placed("index" + number++, building) : index);
    }
    TimeToLive timeToLive = next.timeToLive();
    if (timeToLive != null && timeToLive.id().isEmpty()) {
      timeToLive = new TimeToLive(timeToLive.attribute(), "expires" + number, building);
    }
    TableDefinition placed = next.withIndexes(indexes).withTimeToLive(timeToLive);
    TableDescription after = with(placed, List.of());
    List<String> kept = after.derived().stream().map(Derived::id).toList();
    List<String> gone = named().filter(id -> !kept.contains(id)).toList();
    return with(placed, gone);
  }

  /// The same when what was to be done is done.
  ///
  /// @param built what was being made when that began
  /// @param cleared what was removed when that began
  TableDescription finished(List<String> built, List<String> cleared) {
    List<SecondaryIndex> indexes =
        definition.indexes().stream()
            .map(index -> built.contains(index.id()) ? index.placed(index.id(), false) : index)
            .toList();
    @Nullable TimeToLive timeToLive = definition.timeToLive();
    if (timeToLive != null && built.contains(timeToLive.id())) {
      timeToLive = timeToLive.built();
    }
    return with(
        definition.withIndexes(indexes).withTimeToLive(timeToLive),
        removed.stream().filter(id -> !cleared.contains(id)).toList());
  }

  private int nextNumber() {
    return 1 + named().mapToInt(id -> Integer.parseInt(id.replaceAll("\\D", ""))).max().orElse(0);
  }

  /// What has entries, or had.
  private Stream<String> named() {
    return Stream.concat(removed.stream(), derived().stream().map(Derived::id))
        .filter(id -> !id.isEmpty());
  }
}
