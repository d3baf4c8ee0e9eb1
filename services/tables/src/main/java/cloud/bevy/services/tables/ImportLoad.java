package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes what is imported into a table that nobody uses yet. Each batch says with its items how
/// far the import is, so that whoever goes on after a crash reads and counts nothing twice.
final class ImportLoad {
  /// The sub-bee that says how far the import is; its one entry has an empty key.
  private static final String PROGRESS = "import";

  private static final byte[] KEY = new byte[0];
  private static final int MOST_ITEMS = 512;
  private static final int MOST_BYTES = 1 << 20;

  /// Of how many records that are no items the log says why.
  private static final int MOST_SAID = 10;

  private final Cloud cloud;
  private final Table table;
  private final Import task;
  private final List<Table.Prepared> batch = new ArrayList<>();
  private ImportPosition position;
  private long imported;
  private long errors;
  private int bytes;

  ImportLoad(Cloud cloud, Table table, Import task) {
    this.cloud = cloud;
    this.table = table;
    this.task = task;
    Optional<byte[]> known =
        table
            .bee()
            .now()
            .sub(PROGRESS.getBytes(StandardCharsets.UTF_8))
            .get(KEY)
            .map(entry -> entry.value());
    ImportCounts counts = known.map(ImportRecord::counts).orElse(ImportCounts.NONE);
    position = known.map(ImportRecord::position).orElse(ImportPosition.BEGINNING);
    imported = counts.imported();
    errors = counts.errors();
  }

  /// What came of it so far.
  ImportCounts counts() {
    return new ImportCounts(imported, errors, position.bytes());
  }

  /// Imports what is left; what was imported is durable then.
  ///
  /// @return whether that is all: it may be less where it is to stop
  boolean run(Carrier carrier, BooleanSupplier stopping) {
    boolean more = true;
    Ticket before = null;
    try (ImportSource source = carrier.open(cloud, task, position)) {
      while (more && !stopping.getAsBoolean()) {
        more = gather(source);
        Ticket ticket = append();
        // One batch is on its way to the disk while the next is read.
        await(before);
        before = ticket;
      }
    }
    await(before);
    return !more;
  }

  /// Reads the items of a batch.
  ///
  /// @return whether there may be more
  private boolean gather(ImportSource source) {
    batch.clear();
    bytes = 0;
    int read = 0;
    boolean more = true;
    while (more && read < MOST_ITEMS && bytes < MOST_BYTES) {
      Optional<ImportedRecord> next = source.next();
      position = source.position();
      next.ifPresent(this::take);
      more = next.isPresent();
      read++;
    }
    return more;
  }

  private void take(ImportedRecord read) {
    switch (read) {
      case ImportedRecord.Parsed(Item item) -> {
        try {
          Table.Prepared write = table.prepare(List.of(new TableWrite.Put(item))).getFirst();
          checkIndexed(item);
          batch.add(write);
          bytes += item.size();
          imported++;
        } catch (InvalidRequest invalid) {
          refuse(invalid.getMessage());
        }
      }
      case ImportedRecord.Broken(String reason) -> refuse(reason);
    }
  }

  private void checkIndexed(Item item) {
    for (SecondaryIndex index : table.description().definition().indexes()) {
      index.check(item);
    }
  }

  private void refuse(@Nullable String reason) {
    errors++;
    if (errors <= MOST_SAID) {
      cloud
          .world()
          .log()
          .warning(
              "import %s of table \"%s\" passes over a record of %s: %s"
                  .formatted(task.id(), table.description().name(), position.object(), reason));
    }
  }

  private Ticket append() {
    try (ItemBatch turn = table.restoringTurn()) {
      for (Table.Prepared write : batch) {
        turn.store(write.key(), turn.find(write.key()), write.after());
      }
      turn.part(PROGRESS).put(KEY, ImportRecord.bytes(position, counts()));
      return turn.commit();
    }
  }

  private void await(@Nullable Ticket ticket) {
    if (ticket != null) {
      cloud.durable(ticket);
    }
  }
}
