package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A machine in simulated time, whose one cloud sleeps while nothing is done to its one bucket.
final class LifecycleTestRun implements AutoCloseable {
  static final BucketName BUCKET = new BucketName("bucket");

  private final World world;
  private final Clouds clouds;
  private final boolean versions;
  private final BucketAlarms alarms;

  /// How often the cloud was woken.
  private int woken;

  /// @param versions whether the bucket keeps versions, which can be locked
  LifecycleTestRun(World world, boolean versions) {
    this(world, versions, new TestTarget());
  }

  /// @param versions whether the bucket keeps versions, which can be locked
  /// @param target who is told of events
  LifecycleTestRun(World world, boolean versions, EventTarget target) {
    this.world = world;
    this.versions = versions;
    this.clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
    clouds.create("home");
    this.alarms = new BucketAlarms(target);
    clouds.wakeFor(
        new AlarmHandler() {
          @Override
          public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
            woken++;
            return alarms.ring(cloud, name, stopping);
          }

          @Override
          public boolean waits(String name) {
            return alarms.waits(name);
          }
        });
    with(bucket -> {});
  }

  interface Use {
    void with(Bucket bucket) throws IOException;
  }

  Clouds clouds() {
    return clouds;
  }

  EventCount events() {
    return alarms.count();
  }

  int woken() {
    return woken;
  }

  Instant now() {
    return world.time().now();
  }

  /// Uses the bucket, which is made if need be.
  void with(Use use) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      Buckets buckets = Buckets.in(lease.cloud());
      var _ = buckets.create(BUCKET, "", "", versions ? Buckets.lockable() : Map.of());
      use.with(buckets.find(BUCKET).orElseThrow());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory do not fail", e);
    }
  }

  void rules(LifecycleRule... rules) {
    with(bucket -> bucket.settings().put(new LifecycleConfiguration(List.of(rules), false)));
  }

  /// Sleeps until a minute after a midnight.
  void untilAfterMidnight(int nights) throws InterruptedException {
    Instant until = now();
    for (int night = 0; night < nights; night++) {
      until = LifecycleTime.nextMidnight(until);
    }
    world.tasks().sleep(Duration.between(now(), until.plusSeconds(60)));
  }

  StoredObject put(String key) {
    return put(key, ObjectAttributes.NONE, 3);
  }

  StoredObject put(String key, ObjectAttributes attributes, int size) {
    StoredObject[] stored = new StoredObject[1];
    with(bucket -> {
      Content content = Content.of(new ByteArrayInputStream(new byte[size]), size);
      PutOutcome<StoredObject> outcome =
          bucket.put(new ObjectKey(key), attributes, content, WriteCondition.always());
      stored[0] = ((PutOutcome.Stored<StoredObject>) outcome).stored();
    });
    return stored[0];
  }

  void delete(String key) {
    with(bucket -> bucket.delete(List.of(ObjectDeletion.of(new ObjectKey(key)))));
  }

  /// What there is, as `key` of what is current, `key(marker)` and `(key)` of what is not.
  List<String> content() {
    List<String> all = new ArrayList<>();
    with(bucket -> {
      ListQuery query = new ListQuery("", "", ListPosition.START, 1000);
      for (ListedVersion listed : bucket.listVersions(query).entries()) {
        boolean marker = listed.version() instanceof DeleteMarker;
        String name = listed.version().key().text() + (marker ? "(marker)" : "");
        all.add(listed.latest() ? name : "(" + name + ")");
      }
    });
    return all;
  }

  static ObjectAttributes tagged(String key, String value) {
    return ObjectAttributes.NONE.withTags(new TreeMap<>(Map.of(key, value)));
  }

  @Override
  public void close() {
    clouds.close();
  }

  /// A rule that is built up.
  ///
  /// @param filter which objects it is for
  record Rule(LifecycleFilter filter) {
    static Rule of(String prefix) {
      return new Rule(LifecycleFilter.ofPrefix(prefix, false));
    }

    static Rule of(LifecycleFilter filter) {
      return new Rule(filter);
    }

    LifecycleRule expires(LifecycleTime time) {
      return rule(Optional.of(time), false, Optional.empty(), Optional.empty());
    }

    LifecycleRule unmarks() {
      return rule(Optional.empty(), true, Optional.empty(), Optional.empty());
    }

    LifecycleRule removes(int days, Optional<Integer> kept) {
      return rule(
          Optional.empty(),
          false,
          Optional.of(new LifecycleRule.NoncurrentExpiration(days, kept)),
          Optional.empty());
    }

    LifecycleRule aborts(int days) {
      return rule(Optional.empty(), false, Optional.empty(), Optional.of(days));
    }

    LifecycleRule moves(LifecycleRule.Transition... moves) {
      return new LifecycleRule(
          "rule",
          true,
          filter,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of(moves),
          List.of());
    }

    private LifecycleRule rule(
        Optional<LifecycleTime> expiration,
        boolean markers,
        Optional<LifecycleRule.NoncurrentExpiration> removal,
        Optional<Integer> abortion) {
      return new LifecycleRule(
          "rule", true, filter, expiration, markers, removal, abortion, List.of(), List.of());
    }
  }
}
