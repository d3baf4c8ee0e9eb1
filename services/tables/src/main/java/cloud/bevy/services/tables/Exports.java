package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The exports of a cloud's tables: versions of their bees, or what two versions do not agree on,
/// carried elsewhere while the tables are used.
///
/// An export is `export:…` in the catalogue from the moment it is asked for, and each file that is
/// stored is `export-file:…` until it has ended: whoever goes on after a crash goes on behind the
/// last item of the last file. Until then the export needs the table's bee ([Holds]), though the
/// table may be deleted.
public final class Exports {
  private static final String EXPORT = "export:";
  private static final String FILE = "export-file:";
  private static final byte[] BEGINNING = new byte[0];
  private static final int MOST_READ = 1_000;
  private static final int MOST_READ_BYTES = 1 << 20;

  /// How long one can ask about an export that has ended.
  static final Duration KEPT = Duration.ofDays(90);

  /// How long a token is good after the end of what it was given for.
  static final Duration TOKEN = Duration.ofHours(8);

  private final Cloud cloud;
  private final Bee catalogue;
  private final Tables tables;

  private Exports(Cloud cloud, Tables tables) {
    this.cloud = cloud;
    this.tables = tables;
    catalogue = cloud.bee(Tables.CATALOGUE);
  }

  static Exports of(Cloud cloud) {
    return cloud.attachment(Exports.class, open -> new Exports(open, Tables.of(open)));
  }

  /// Begins an export, unless it was begun before.
  ///
  /// @param table which one
  /// @param check what must hold for a new export; it refuses by throwing
  /// @throws NoSuchTable if it is no more
  /// @throws TableBusy if it is being restored or imported
  public TransferOutcome<Export> begin(TableDescription table, ExportOrder order, Runnable check) {
    Instant now = now();
    String id = TransferNames.id(cloud, now);
    Ticket ticket;
    Export export;
    try (BeeBatch batch = catalogue.batch()) {
      forget(batch, now);
      Optional<Export> known = named(batch, order.token(), now);
      if (known.isPresent()) {
        boolean same =
            known.get().order().equals(order)
                && known.get().table().incarnation().equals(table.incarnation());
        return same
            ? new TransferOutcome.Begun<>(known.get())
            : new TransferOutcome.OtherRequest<>();
      }
      check.run();
      if (!tables.isStated(batch, table)) {
        throw new NoSuchTable(table.name());
      }
      if (table.restoring()) {
        throw new TableBusy(table.name());
      }
      export = export(id, table, order, now);
      cloud.wakeBy(TransferAlarms.export(id), now.plus(TransferAlarms.SAFETY));
      batch.put(key(id), ExportRecord.bytes(export));
      new Holds(batch).need(table.incarnation(), Holds.export(id), "");
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    cloud.wakeBy(TransferAlarms.export(id), now);
    return new TransferOutcome.Begun<>(export);
  }

  private Export export(String id, TableDescription table, ExportOrder order, Instant now) {
    ExportWindow window = order.window();
    Instant wanted = window == null ? order.moment() : window.to();
    long version = version(table, wanted);
    long from = window == null ? 0 : Math.min(version, version(table, window.from()));
    Instant moment = wanted == null ? now : wanted;
    return new Export(id, order, table, from, version, moment, now, null, 0, 0);
  }

  /// The version of a table's bee that has what the table had at the beginning of a second.
  ///
  /// @param moment the second; null for now
  public long version(TableDescription table, @Nullable Instant moment) {
    BeeView view = cloud.bee(table.bee()).now();
    return moment == null ? view.version() : TableTimes.versionAt(view, moment);
  }

  /// Reads some of the items that a version of a table's bee has.
  ///
  /// @param after the key behind which to begin, in hexadecimal digits; empty to begin
  /// @throws IllegalArgumentException if there is no such version, or that is no key
  public PastItems read(TableDescription table, long version, String after) {
    BeeCursor cursor =
        cloud.bee(table.bee()).at(version).range(ItemBatch.range(HexFormat.of().parseHex(after)));
    List<StoredItem> items = new ArrayList<>();
    byte[] last = BEGINNING;
    int bytes = 0;
    while (cursor.hasNext() && items.size() < MOST_READ && bytes < MOST_READ_BYTES) {
      BeeEntry entry = cursor.next();
      items.add(StoredItem.of(entry.value()));
      bytes += entry.value().length;
      last = ItemBatch.itemKey(entry.key()).orElseThrow();
    }
    return new PastItems(items, version, HexFormat.of().formatHex(last), cursor.hasNext());
  }

  /// The export of that id.
  public Optional<Export> find(String id) {
    return catalogue.now().get(key(id)).map(entry -> ExportRecord.read(id, entry.value()));
  }

  /// The exports behind one.
  ///
  /// @param table the name of the table whose exports are wanted; null for those of all
  /// @param after the id of that one, which need not exist; empty for the first
  public TransferPage<Export> list(@Nullable String table, String after, int limit) {
    Instant oldest = now().minus(KEPT);
    return TransferPage.of(
        catalogue.now().range(Range.prefix(key("")).gt(key(after))),
        limit,
        Exports::read,
        export ->
            (table == null || export.table().name().equals(table))
                && !TransferNames.before(export.end(), oldest));
  }

  /// Does what is left of an export.
  ///
  /// @return when there will be something to do again
  Optional<Instant> ring(String id, Carrier carrier, BooleanSupplier stopping) {
    Export export = find(id).orElse(null);
    if (export == null || export.end() != null) {
      return Optional.empty();
    }
    try {
      List<ExportFile> files = new ArrayList<>();
      if (!carry(export, carrier, files, stopping)) {
        return Optional.of(now());
      }
      Export ended = ended(export, files);
      carrier.conclude(cloud, ended, files);
      end(ended);
    } catch (TransferFailure failure) {
      end(export.ended(failure.at(now()), 0, 0));
    }
    return Optional.empty();
  }

  /// @param files those that are there, to be added to
  /// @return whether all is carried: it may be less where it is to stop
  private boolean carry(
      Export export, Carrier carrier, List<ExportFile> files, BooleanSupplier stopping) {
    byte[] last = BEGINNING;
    BeeCursor known = catalogue.now().range(Range.prefix(files(export.id())));
    while (known.hasNext()) {
      byte[] entry = known.next().value();
      files.add(ExportRecord.file(entry));
      last = ExportRecord.last(entry);
    }
    carrier.begin(cloud, export);
    ExportScan items = new ExportScan(cloud.bee(export.table().bee()), export, last);
    while (files.isEmpty() || items.hasNext()) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      ExportFile file = carrier.store(cloud, export, files.size(), items);
      byte[] key = TransferNames.numbered(files(export.id()), files.size());
      cloud.durable(catalogue.put(key, ExportRecord.bytes(file, items.last())));
      files.add(file);
    }
    return true;
  }

  private Export ended(Export export, List<ExportFile> files) {
    // It takes some time, whatever the clock says.
    Instant earliest = export.started().plusMillis(1);
    Instant now = now();
    return export.ended(
        new TransferEnd(now.isAfter(earliest) ? now : earliest, "", ""),
        files.stream().mapToLong(ExportFile::items).sum(),
        files.stream().mapToLong(ExportFile::bytes).sum());
  }

  private void end(Export ended) {
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      BeeCursor files = batch.range(Range.prefix(files(ended.id())));
      List<byte[]> keys = new ArrayList<>();
      files.forEachRemaining(file -> keys.add(file.key()));
      keys.forEach(batch::delete);
      batch.put(key(ended.id()), ExportRecord.bytes(ended));
      new Holds(batch).release(ended.table().incarnation(), Holds.export(ended.id()));
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    tables.finishDrops();
  }

  private Optional<Export> named(BeeBatch batch, String token, Instant now) {
    BeeCursor cursor = batch.range(Range.prefix(key("")).reverse());
    while (!token.isEmpty() && cursor.hasNext()) {
      Export export = read(cursor.next());
      boolean good = !TransferNames.before(export.end(), now.minus(TOKEN));
      if (good && export.order().token().equals(token)) {
        return Optional.of(export);
      }
    }
    return Optional.empty();
  }

  /// Nobody can ask about old exports: they go when another begins.
  private static void forget(BeeBatch batch, Instant now) {
    List<byte[]> old = new ArrayList<>();
    BeeCursor cursor = batch.range(Range.prefix(key("")));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      if (TransferNames.before(read(entry).end(), now.minus(KEPT))) {
        old.add(entry.key());
      }
    }
    old.forEach(batch::delete);
  }

  private static Export read(BeeEntry entry) {
    return ExportRecord.read(TransferNames.id(entry.key(), EXPORT), entry.value());
  }

  private static byte[] key(String id) {
    return Tables.key(EXPORT + id);
  }

  private static byte[] files(String id) {
    return Tables.key(FILE + id + "/");
  }

  private Instant now() {
    return TransferNames.now(cloud);
  }
}
