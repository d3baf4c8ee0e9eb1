package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeDifference;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.DriveDifference;
import cloud.bevy.hyper.drive.DriveFile;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Counts what is in a bucket, when somebody asks. Nobody who writes counts anything: what has
/// changed since it was last counted is in the bee, which knows the differences of any two of its
/// versions, and skips what they have in common. Now and then the count is stored, so that after a
/// restart it begins there.
final class UsageCount {
  /// How many versions of the bee lie between two counts that are stored.
  private static final long STORED_EVERY = 1000;

  private static final byte[] KEY = new byte[0];

  private final BucketCores cores;
  private final AtomicReference<@Nullable UsageRecord> last = new AtomicReference<>();

  /// The version of the bee that was counted in the record that is stored.
  private volatile long stored;

  UsageCount(BucketCores cores) {
    this.cores = cores;
  }

  /// How much there is now.
  BucketUsage now() {
    long version = cores.drive().bee().now().version();
    UsageRecord known = last.get();
    if (known == null) {
      known = load();
    }
    if (known.at() >= version) {
      return known.usage();
    }
    UsageRecord counted =
        new UsageRecord(version, known.usage().plus(changes(known.at(), version)));
    last.accumulateAndGet(counted, UsageCount::later);
    if (version - stored >= STORED_EVERY) {
      store(counted);
    }
    return counted.usage();
  }

  private static UsageRecord later(@Nullable UsageRecord one, UsageRecord other) {
    return one == null || one.at() < other.at() ? other : one;
  }

  private UsageRecord load() {
    UsageRecord record =
        cores
            .drive()
            .bee()
            .now()
            .sub(BucketCores.USAGE)
            .get(KEY)
            .map(entry -> UsageRecord.read(entry.value()))
            .orElse(new UsageRecord(0, BucketUsage.NONE));
    stored = record.at();
    return record;
  }

  /// It is of no use to anybody who reads the bucket, and nobody waits for it.
  private void store(UsageRecord record) {
    stored = record.at();
    if (cores.use().enter()) {
      try (DriveBatch batch = cores.drive().batch()) {
        batch.sub(BucketCores.USAGE).put(KEY, record.write());
        batch.commit();
      } finally {
        cores.use().leave();
      }
    }
  }

  private BucketUsage changes(long before, long after) {
    BucketUsage sum = BucketUsage.NONE;
    Iterator<DriveDifference> files = cores.drive().differences(before, after, "/");
    while (files.hasNext()) {
      DriveDifference file = files.next();
      sum = sum.plus(change(file.before(), file.after(), UsageCount::object));
    }
    return sum.plus(beside(before, after, BucketCores.VERSIONS, UsageCount::version))
        .plus(beside(before, after, BucketCores.UPLOADS, UsageCount::upload))
        .plus(beside(before, after, BucketCores.PARTS, UsageCount::part));
  }

  /// What has changed in a sub-bee.
  private BucketUsage beside(
      long before, long after, byte[] name, Function<BeeEntry, BucketUsage> of) {
    BucketUsage sum = BucketUsage.NONE;
    Range range = Range.prefix(Arrays.copyOf(name, name.length + 1)); // and a zero byte
    Iterator<BeeDifference> entries = cores.drive().bee().differences(before, after, range);
    while (entries.hasNext()) {
      BeeDifference entry = entries.next();
      sum = sum.plus(change(entry.before(), entry.after(), of));
    }
    return sum;
  }

  private static <T> BucketUsage change(
      Optional<T> before, Optional<T> after, Function<T, BucketUsage> of) {
    return after.map(of).orElse(BucketUsage.NONE).minus(before.map(of).orElse(BucketUsage.NONE));
  }

  private static BucketUsage object(DriveFile file) {
    return new BucketUsage(1, BucketCores.object(file).size(), 0, 0, 0, 0);
  }

  private static BucketUsage version(BeeEntry entry) {
    byte[] key = entry.key();
    byte[] own = Arrays.copyOfRange(key, BucketCores.VERSIONS.length + 1, key.length);
    BeeEntry row = new BeeEntry(entry.sequence(), own, entry.value());
    return VersionRecord.read(row).version() instanceof StoredObject object
        ? new BucketUsage(0, 0, 1, object.size(), 0, 0)
        : new BucketUsage(0, 0, 1, 0, 0, 0);
  }

  private static BucketUsage upload(BeeEntry entry) {
    return new BucketUsage(0, 0, 0, 0, 1, 0);
  }

  private static BucketUsage part(BeeEntry entry) {
    return new BucketUsage(0, 0, 0, 0, 0, PartRecord.read(entry.value()).size());
  }
}
