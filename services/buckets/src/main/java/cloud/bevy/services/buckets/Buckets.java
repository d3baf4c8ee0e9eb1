package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.Listing;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The buckets of a cloud.
public final class Buckets {
  private static final int INCARNATION_BYTES = 16;

  private final Cloud cloud;
  private final BucketCatalogue catalogue;
  private final Quota quota = new Quota(this::quota, () -> usage().allBytes());
  private final Map<String, Bucket> open = new ConcurrentHashMap<>();

  /// What all buckets together may hold, once it was read; below zero where there is no limit.
  private volatile @Nullable Long limit;

  /// Whether all buckets there are have been opened.
  private volatile boolean allOpen;

  private Buckets(Cloud cloud) {
    this.cloud = cloud;
    this.catalogue = new BucketCatalogue(cloud.bee("buckets"));
    catalogue.doomed().forEach(this::drop);
  }

  /// The buckets of a cloud, while it is open.
  public static Buckets in(Cloud cloud) {
    return cloud.attachment(Buckets.class, Buckets::new);
  }

  /// Makes a bucket, unless there is one of that name.
  ///
  /// @param region to be remembered; empty for `us-east-1`
  public BucketCreation create(BucketName name, String region) {
    return create(name, region, "");
  }

  /// Makes a bucket for a user, unless there is one of that name.
  ///
  /// @param owner the user's name; empty for the cloud itself
  public BucketCreation create(BucketName name, String region, String owner) {
    return create(name, region, owner, Map.of());
  }

  /// What a bucket is set to whose objects' versions are kept and can be locked.
  public static Map<Setting, String> lockable() {
    return Map.of(
        Setting.VERSIONING, Versioning.ENABLED.setting().orElseThrow(),
        Setting.OBJECT_LOCK, new LockConfiguration(Optional.empty()).write());
  }

  /// Makes a bucket for a user that is set to something from the first moment on, unless there is
  /// one of that name.
  ///
  /// @param region to be remembered; empty for `us-east-1`
  /// @param owner the user's name; empty for the cloud itself
  public BucketCreation create(
      BucketName name, String region, String owner, Map<Setting, String> settings) {
    String incarnation = HexFormat.of().formatHex(cloud.world().chance().bytes(INCARNATION_BYTES));
    BucketRecord made = new BucketRecord(incarnation, cloud.world().time().now(), region, owner);
    if (!settings.isEmpty()) {
      prepare(name, incarnation, settings);
    }
    Optional<BucketRecord> known;
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      known = BucketCatalogue.find(batch, name);
      if (known.isEmpty()) {
        BucketCatalogue.forget(batch, incarnation);
        BucketCatalogue.put(batch, name, made);
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    if (known.isPresent() && !settings.isEmpty()) {
      drop(incarnation);
    }
    return new BucketCreation(known.isEmpty(), known.orElse(made).summary(name));
  }

  /// Writes the settings of a bucket before it is in the catalogue, so that it is never there
  /// without them. Until it is there, it is to be dropped.
  private void prepare(BucketName name, String incarnation, Map<Setting, String> settings) {
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      BucketCatalogue.doom(batch, incarnation);
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    BucketUse none = new BucketUse(() -> {});
    try (BucketBatch batch = new BucketCores(cloud, name, incarnation, none).batch()) {
      settings.forEach((setting, text) ->
          batch
              .settings()
              .put(
                  setting.key().getBytes(StandardCharsets.UTF_8),
                  text.getBytes(StandardCharsets.UTF_8)));
      ticket = batch.commit();
    }
    cloud.durable(ticket);
  }

  /// The bucket of that name.
  public Optional<Bucket> find(BucketName name) {
    return catalogue.find(name).map(record -> bucket(name, record));
  }

  /// Lists the buckets in the order of their names.
  public ListPage<BucketSummary> list(ListQuery query) {
    return list(query, any -> true);
  }

  /// Lists some of the buckets in the order of their names.
  ///
  /// @param which those that are shown
  public ListPage<BucketSummary> list(ListQuery query, Predicate<BucketSummary> which) {
    return ListPage.read(catalogue.names(which), query);
  }

  /// Deletes a bucket that has no objects; multipart uploads that have not ended go with it. Its
  /// space comes back once nobody reads from it any more.
  public BucketDeletion delete(BucketName name) {
    Optional<BucketRecord> record = catalogue.find(name);
    return record.isEmpty()
        ? BucketDeletion.NO_SUCH_BUCKET
        : delete(name, record.get(), bucket(name, record.get()).cores());
  }

  private BucketDeletion delete(BucketName name, BucketRecord record, BucketCores cores) {
    try (BucketBatch batch = cores.batch()) {
      if (cores.use().gone()) {
        return BucketDeletion.NO_SUCH_BUCKET;
      }
      boolean empty =
          !batch.objects().list(Listing.all()).hasNext()
              && !batch.versions().range(Range.all()).hasNext();
      cores.use().setGone(empty, false);
      cloud.durable(batch.commit());
      if (!empty) {
        return BucketDeletion.NOT_EMPTY;
      }
    } catch (RuntimeException failure) {
      cores.use().setGone(false, false);
      throw failure;
    }
    remove(name, record, cores);
    return BucketDeletion.DELETED;
  }

  private void remove(BucketName name, BucketRecord record, BucketCores cores) {
    try {
      Ticket ticket;
      try (BeeBatch batch = catalogue.batch()) {
        BucketCatalogue.doom(batch, name, record);
        ticket = batch.commit();
      }
      cloud.durable(ticket);
    } catch (CloudFault fault) {
      cores.use().setGone(false, false);
      throw fault;
    }
    cores.host().settle(false);
    cores.use().setGone(true, true);
  }

  /// How much there is in all buckets together.
  public BucketUsage usage() {
    if (!allOpen) {
      list(new ListQuery("", "", ListPosition.START, Integer.MAX_VALUE))
          .entries()
          .forEach(bucket -> find(bucket.name()));
      allOpen = true;
    }
    return open.values().stream().map(Bucket::usage).reduce(BucketUsage.NONE, BucketUsage::plus);
  }

  /// How many bytes all buckets together may hold, if there is a limit.
  public OptionalLong quota() {
    Long known = limit;
    if (known == null) {
      known = catalogue.quota().orElse(-1);
      limit = known;
    }
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /// Limits how many bytes all buckets together may hold. What is there stays.
  public void setQuota(OptionalLong bytes) {
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      BucketCatalogue.setQuota(batch, bytes);
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    limit = null;
  }

  /// Does what [Cloud#wakeBy] was asked for, if that was asked for here.
  ///
  /// @param stopping whether to stop: what is left is to be done later
  /// @return when there will be something to do again
  public Optional<Instant> ring(String alarm, BooleanSupplier stopping) {
    return LifecycleAlarm.bucket(alarm)
        .flatMap(this::find)
        .flatMap(bucket -> new LifecycleSweep(bucket, stopping).run());
  }

  private Bucket bucket(BucketName name, BucketRecord record) {
    return open.computeIfAbsent(record.incarnation(), any -> opened(name, record));
  }

  private Bucket opened(BucketName name, BucketRecord record) {
    String incarnation = record.incarnation();
    BucketUse use = new BucketUse(() -> drop(incarnation));
    return new Bucket(record.summary(name), new BucketCores(cloud, name, incarnation, use), quota);
  }

  /// Drops the cores of a bucket that is no longer in the catalogue. If the program ends before
  /// that is done, it is done when the buckets are next opened.
  private void drop(String incarnation) {
    cloud.dropDrive(BucketCores.driveName(incarnation));
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      BucketCatalogue.forget(batch, incarnation);
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    open.remove(incarnation);
  }
}
