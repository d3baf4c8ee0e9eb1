package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The imports of a cloud: each makes a table, which nobody can use or delete before all is in it.
///
/// An import is `import:…` in the catalogue from the moment it is asked for; the table is entered
/// with it. Where the import ends as what it was, or with items that were none, the table is kept;
/// where it could not be carried out, the same batch of the catalogue that says so takes the table
/// away.
public final class Imports {
  private static final String IMPORT = "import:";

  /// What is said of an import of which some items were none.
  private static final String INVALID_ITEMS = "ItemValidationError";

  private final Cloud cloud;
  private final Bee catalogue;
  private final Tables tables;

  private Imports(Cloud cloud, Tables tables) {
    this.cloud = cloud;
    this.tables = tables;
    catalogue = cloud.bee(Tables.CATALOGUE);
  }

  static Imports of(Cloud cloud) {
    return cloud.attachment(Imports.class, open -> new Imports(open, Tables.of(open)));
  }

  /// Begins an import, unless it was begun before. A token that is used again before the import has
  /// ended means that import, whatever else is asked for, if only the table has the same name.
  public TransferOutcome<Import> begin(ImportOrder order) {
    TableDescription table = tables.described(order.table());
    Instant now = TransferNames.now(cloud);
    String id = TransferNames.id(cloud, now);
    Import task =
        new Import(id, order, table.incarnation(), table.created(), null, ImportCounts.NONE);
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      forget(batch, now);
      Import known = named(batch, order.token(), now).orElse(null);
      boolean same = known != null && known.order().table().name().equals(order.table().name());
      boolean taken = tables.taken(batch, order.table().name()).isPresent();
      if (known != null && (!same || known.end() == null || !taken)) {
        return same ? new TransferOutcome.Begun<>(known) : new TransferOutcome.OtherRequest<>();
      }
      if (taken) {
        return new TransferOutcome.NameTaken<>(order.table().name());
      }
      cloud.wakeBy(TransferAlarms.ofImport(id), now.plus(TransferAlarms.SAFETY));
      tables.state(batch, table.importing(id));
      batch.put(key(id), ImportRecord.bytes(task));
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    cloud.wakeBy(TransferAlarms.ofImport(id), now);
    return new TransferOutcome.Begun<>(task);
  }

  /// The import of that id.
  public Optional<Import> find(String id) {
    return catalogue.now().get(key(id)).map(entry -> ImportRecord.read(id, entry.value()));
  }

  /// The imports behind one.
  ///
  /// @param table the name of the table that was made; null for all
  /// @param after the id of that one, which need not exist; empty for the first
  public TransferPage<Import> list(@Nullable String table, String after, int limit) {
    Instant oldest = TransferNames.now(cloud).minus(Exports.KEPT);
    return TransferPage.of(
        catalogue.now().range(Range.prefix(key("")).gt(key(after))),
        limit,
        Imports::read,
        task ->
            (table == null || task.order().table().name().equals(table))
                && !TransferNames.before(task.end(), oldest));
  }

  /// Does what is left of an import.
  ///
  /// @return when there will be something to do again
  Optional<Instant> ring(String id, Carrier carrier, BooleanSupplier stopping) {
    Import task = find(id).orElse(null);
    if (task == null || task.end() != null) {
      return Optional.empty();
    }
    try {
      ImportLoad load = new ImportLoad(cloud, tables.table(task.order().table().name()), task);
      if (!load.run(carrier, stopping)) {
        return Optional.of(TransferNames.now(cloud));
      }
      end(task, load.counts());
    } catch (TransferFailure failure) {
      abandon(task, failure);
    }
    return Optional.empty();
  }

  private void end(Import task, ImportCounts counts) {
    Instant now = TransferNames.now(cloud);
    TransferEnd end =
        counts.errors() == 0
            ? new TransferEnd(now, "", "")
            : new TransferEnd(
                now,
                INVALID_ITEMS,
                "Some of the items failed validation checks and were not imported. The log of the"
                    + " machine says why.");
    tables.describe(
        task.order().table().name(),
        (batch, before) -> {
          batch.put(key(task.id()), ImportRecord.bytes(task.ended(end, counts)));
          return before.importing(null);
        });
  }

  private void abandon(Import task, TransferFailure failure) {
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      TransferEnd end = failure.at(TransferNames.now(cloud));
      batch.put(key(task.id()), ImportRecord.bytes(task.ended(end, ImportCounts.NONE)));
      batch.delete(Tables.nameKey(task.order().table().name()));
      new Holds(batch).drop(task.incarnation());
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    tables.finishDrops();
  }

  private Optional<Import> named(BeeBatch batch, String token, Instant now) {
    BeeCursor cursor = batch.range(Range.prefix(key("")).reverse());
    while (!token.isEmpty() && cursor.hasNext()) {
      Import task = read(cursor.next());
      boolean good = !TransferNames.before(task.end(), now.minus(Exports.TOKEN));
      if (good && task.order().token().equals(token)) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  private static void forget(BeeBatch batch, Instant now) {
    List<byte[]> old = new ArrayList<>();
    BeeCursor cursor = batch.range(Range.prefix(key("")));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      if (TransferNames.before(read(entry).end(), now.minus(Exports.KEPT))) {
        old.add(entry.key());
      }
    }
    old.forEach(batch::delete);
  }

  private static Import read(BeeEntry entry) {
    return ImportRecord.read(TransferNames.id(entry.key(), IMPORT), entry.value());
  }

  private static byte[] key(String id) {
    return Tables.key(IMPORT + id);
  }
}
