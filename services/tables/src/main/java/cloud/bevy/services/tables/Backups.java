package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The backups of a cloud's tables, and tables as they were: both are versions of the tables' bees,
/// so that making a backup writes an entry of the catalogue and nothing else.
///
/// Restoring copies a version's items into the bee of a new table. That is begun durably and ended
/// by the table's alarm.
public final class Backups {
  /// Wakes the cloud when a backup expires.
  static final String ALARM = "table-backups";

  private static final String BACKUP = "backup:";
  private static final int SUFFIX_BYTES = 4;

  /// How many tables of a cloud may be restored at once (Developer Guide, "Quotas").
  static final int MOST_RESTORED = 50;

  /// How long the last backup of a table is kept that could have been restored.
  private static final Duration KEPT = Duration.ofDays(Recovery.MOST_DAYS);

  private final Cloud cloud;
  private final Bee catalogue;
  private final Tables tables;

  Backups(Cloud cloud, Bee catalogue, Tables tables) {
    this.cloud = cloud;
    this.catalogue = catalogue;
    this.tables = tables;
  }

  /// Makes a backup of a table: all that was answered to whoever wrote to it is in it.
  ///
  /// @throws NoSuchTable if there is none
  /// @throws TableBusy if it is being restored
  public Backup create(String table, String name) {
    TableStatistics holds = tables.idle(table).statistics();
    Backup backup;
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      TableDescription now = tables.stated(batch, table);
      if (now.restoring()) {
        throw new TableBusy(table);
      }
      long version = cloud.bee(now.bee()).version();
      backup = named(new Backup("", name, Backup.Kind.USER, now(), null, now, version, holds));
      add(batch, backup);
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    return backup;
  }

  /// In the turn that deletes a table: keeps what it held, if it could have been restored.
  void keepDeleted(BeeBatch batch, TableDescription table, TableStatistics holds) {
    if (table.recovery() != null) {
      String name = table.name() + "$DeletedTableBackup";
      Instant now = now();
      Instant expires = now.plus(KEPT);
      add(
          batch,
          named(new Backup("", name, Backup.Kind.SYSTEM, now, expires, table, Backup.LAST, holds)));
    }
  }

  /// Has backups of deleted tables go when they expire. To be asked for before they are made.
  void wake() {
    cloud.wakeBy(ALARM, now().plus(KEPT));
  }

  private Backup named(Backup backup) {
    String suffix = HexFormat.of().formatHex(cloud.world().chance().bytes(SUFFIX_BYTES));
    String id = "%014d-%s".formatted(backup.created().toEpochMilli(), suffix);
    return new Backup(
        id,
        backup.name(),
        backup.kind(),
        backup.created(),
        backup.expires(),
        backup.table(),
        backup.version(),
        backup.holds());
  }

  private static void add(BeeBatch batch, Backup backup) {
    batch.put(key(backup.id()), BackupRecord.bytes(backup));
    new Holds(batch).need(backup.table().incarnation(), Holds.backup(backup.id()), backup.id());
  }

  /// The backup of that id.
  public Optional<Backup> find(String id) {
    return catalogue.now().get(key(id)).map(Backups::read);
  }

  /// Backups in the order in which they were made.
  public BackupPage list(BackupQuery query, int limit) {
    BeeCursor cursor = catalogue.now().range(Range.prefix(key("")).gt(key(query.after())));
    List<Backup> found = new ArrayList<>();
    while (cursor.hasNext()) {
      Backup backup = read(cursor.next());
      if (query.wants(backup)) {
        if (found.size() == limit) {
          return new BackupPage(found, true);
        }
        found.add(backup);
      }
    }
    return new BackupPage(found, false);
  }

  /// The backups of one table, whatever others were called the same.
  public List<Backup> of(String incarnation) {
    return all().stream()
        .filter(backup -> backup.table().incarnation().equals(incarnation))
        .toList();
  }

  /// The backups whose tables were deleted.
  public List<Backup> ofDeleted() {
    return all().stream().filter(backup -> !isThere(backup.table())).toList();
  }

  private boolean isThere(TableDescription table) {
    return catalogue
        .now()
        .get(Tables.key(Tables.NAME + table.name()))
        .map(entry -> TableRecord.read(table.name(), entry.value()))
        .filter(now -> now.incarnation().equals(table.incarnation()))
        .isPresent();
  }

  private List<Backup> all() {
    return list(BackupQuery.ALL, Integer.MAX_VALUE).backups();
  }

  /// The bee that holds what a backup does, for those who check it.
  public Bee bee(Backup backup) {
    return cloud.bee(backup.table().bee());
  }

  /// The version of that bee that the backup is.
  public long version(Backup backup) {
    return backup.version() == Backup.LAST ? bee(backup).version() : backup.version();
  }

  /// Deletes a backup. What it held of a deleted table is gone with the last that needs it.
  public BackupDeletion delete(String id) {
    Backup backup;
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      Optional<BeeEntry> entry = batch.get(key(id));
      if (entry.isEmpty()) {
        return new BackupDeletion.Missing(id);
      }
      backup = read(entry.get());
      Holds holds = new Holds(batch);
      String incarnation = backup.table().incarnation();
      if (holds.isRestored(incarnation, id)) {
        return new BackupDeletion.InUse(backup);
      }
      batch.delete(key(id));
      holds.release(incarnation, Holds.backup(id));
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    tables.finishDrops();
    return new BackupDeletion.Deleted(backup);
  }

  /// Has a table be restorable to any second from now on, or no more. Where it is already, only how
  /// far back may change.
  ///
  /// @throws NoSuchTable if there is none
  /// @throws TableBusy if it is being restored
  public Table recover(String table, boolean enabled, int days) {
    Table idle = tables.idle(table);
    tables.describe(
        table,
        (_, before) -> {
          Recovery known = before.recovery();
          Instant since = known == null ? now() : known.since();
          return before.with(enabled ? new Recovery(since, days) : null);
        });
    return idle;
  }

  /// To which seconds a table can be restored; nothing where that was not asked for.
  public Optional<RecoveryWindow> window(TableDescription table) {
    Recovery recovery = table.recovery();
    Instant latest = now().truncatedTo(ChronoUnit.SECONDS);
    return recovery == null
        ? Optional.empty()
        : Optional.of(new RecoveryWindow(recovery.earliest(latest), latest, recovery.days()));
  }

  /// Makes a table that has what a backup holds.
  ///
  /// @param target what it is to be: its indexes are among those of the backup
  public RestoreOutcome restore(Backup backup, TableDefinition target) {
    String incarnation = backup.table().incarnation();
    return begin(
        target,
        batch -> batch.get(key(backup.id())).isPresent(),
        () ->
            new Restoration(
                incarnation,
                backup.table().name(),
                version(backup),
                backup.created(),
                backup.id(),
                false));
  }

  /// Makes a table that has what another had at the beginning of a second.
  ///
  /// @param moment the second; null for now
  public RestoreOutcome restore(
      TableDescription source, @Nullable Instant moment, TableDefinition target) {
    String incarnation = source.incarnation();
    long version =
        moment == null
            ? version(incarnation)
            : TableTimes.versionAt(cloud.bee(source.bee()).now(), moment);
    Instant as = moment == null ? now() : moment;
    return begin(
        target,
        batch -> tables.isStated(batch, source),
        () -> new Restoration(incarnation, source.name(), version, as, "", false));
  }

  private long version(String incarnation) {
    return cloud.bee(TableDescription.bee(incarnation)).version();
  }

  private interface Check {
    boolean holds(BeeBatch batch);
  }

  private interface Made {
    Restoration of();
  }

  private RestoreOutcome begin(TableDefinition target, Check source, Made made) {
    TableDescription description = tables.described(target);
    Restoration restoration = made.of();
    TableDescription restored = description.with(restoration);
    tables.wakeSoon(target.name());
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      Optional<TableDescription> taken = tables.taken(batch, target.name());
      if (taken.isPresent()) {
        return new RestoreOutcome.NameTaken(target.name(), taken.get().restoring());
      }
      if (restoring() >= MOST_RESTORED) {
        return new RestoreOutcome.TooMany(MOST_RESTORED);
      }
      if (!source.holds(batch)) {
        return new RestoreOutcome.SourceGone();
      }
      tables.state(batch, restored);
      new Holds(batch)
          .need(
              restoration.incarnation(),
              Holds.restoration(restored.incarnation()),
              restoration.backup());
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    Table table = tables.table(target.name());
    tables.wakeNow(target.name());
    return new RestoreOutcome.Begun(table);
  }

  /// How many tables are being restored, while nobody else begins to.
  private int restoring() {
    int restoring = 0;
    BeeCursor cursor = catalogue.now().range(Range.prefix(Tables.key(Tables.NAME)));
    while (cursor.hasNext()) {
      restoring += TableRecord.read("", cursor.next().value()).restoring() ? 1 : 0;
    }
    return restoring;
  }

  /// Deletes what has expired.
  ///
  /// @return when the next backup expires
  Optional<Instant> expire(BooleanSupplier stopping) {
    Instant now = now();
    Instant next = null;
    BeeCursor cursor = catalogue.now().range(Range.prefix(key("")));
    while (cursor.hasNext()) {
      Backup backup = read(cursor.next());
      Instant expires = backup.expires();
      if (expires == null) {
        continue;
      }
      if (stopping.getAsBoolean()) {
        return Optional.of(now);
      }
      boolean due = !expires.isAfter(now);
      if (due && delete(backup.id()) instanceof BackupDeletion.InUse) {
        expires = now.plus(Duration.ofHours(1));
        due = false;
      }
      if (!due && (next == null || expires.isBefore(next))) {
        next = expires;
      }
    }
    return Optional.ofNullable(next);
  }

  private Instant now() {
    return cloud.world().time().now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Backup read(BeeEntry entry) {
    String key = new String(entry.key(), StandardCharsets.UTF_8);
    return BackupRecord.read(key.substring(BACKUP.length()), entry.value());
  }

  private static byte[] key(String id) {
    return (BACKUP + id).getBytes(StandardCharsets.UTF_8);
  }
}
