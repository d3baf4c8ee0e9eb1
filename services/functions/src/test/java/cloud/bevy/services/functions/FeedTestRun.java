package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A machine in simulated time with one cloud, one app, and a feed of one table, whose function is
/// the test's.
final class FeedTestRun implements AutoCloseable {
  static final FeedId FEED = new FeedId("app", "ORDERS");

  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

  /// What is outside the machine: what there is to tell, what was told, and what is said to it.
  static final class Outside implements FeedTarget {
    final MemoryBindings memory = new MemoryBindings();

    /// The batches that the function was told of, and when.
    final List<Told> told = new CopyOnWriteArrayList<>();

    /// What the function has taken, in that order.
    final List<Integer> taken = new CopyOnWriteArrayList<>();

    volatile Function function = (_, _) -> new Answer.Taken();
    volatile Optional<TableSpec> table = Optional.of(spec(8, true));

    @Override
    public Optional<TableSpec> table(Cloud cloud, FeedId feed) {
      return table;
    }

    @Override
    public Answer tell(Cloud cloud, FeedId feed, byte[] batch) {
      List<Integer> numbers = numbers(batch);
      told.add(new Told(cloud.world().time().now(), numbers));
      Answer answer = function.take(cloud.world(), numbers);
      if (answer instanceof Answer.Taken) {
        taken.addAll(numbers);
      } else if (answer instanceof Answer.Partly(var sequences)) {
        numbers.stream().takeWhile(n -> !sequences.contains("s" + n)).forEach(taken::add);
      }
      return answer;
    }

    /// The records of the dead letters, in the order of the objects' keys.
    List<Integer> dead() {
      return memory.objects.keySet().stream()
          .flatMap(key -> numbers(letter(key).getBytes(StandardCharsets.UTF_8)).stream())
          .toList();
    }

    String letter(String key) {
      try {
        BucketBinding.Name name = new BucketBinding.Name("dead", key);
        byte[] all = memory.get(null, name, Optional.empty()).orElseThrow().bytes().readAllBytes();
        return new String(all, StandardCharsets.UTF_8);
      } catch (java.io.IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
    }
  }

  interface Function {
    FeedTarget.Answer take(World world, List<Integer> records);
  }

  record Told(Instant at, List<Integer> records) {}

  final World world;
  final Clouds clouds;
  final Outside outside;
  final FeedAlarms alarms;
  final List<Instant> woken = new CopyOnWriteArrayList<>();

  FeedTestRun(World world, Outside outside) {
    this.world = world;
    this.outside = outside;
    clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
    clouds.create("home");
    alarms = new FeedAlarms(outside, outside.memory.bindings());
    clouds.wakeFor(
        new AlarmHandler() {
          @Override
          public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
            woken.add(world.time().now());
            return alarms.ring(cloud, name, stopping);
          }

          @Override
          public boolean waits(String name) {
            return alarms.waits(name);
          }
        });
  }

  static TableSpec spec(int retries, boolean bisect) {
    return spec("orders", FeedSpec.Start.TRIM_HORIZON, new FeedSpec.Effort(retries, bisect, "d"));
  }

  static TableSpec spec(String name, FeedSpec.Start start, FeedSpec.Effort effort) {
    FeedSpec feed = new FeedSpec(start, FeedSpec.View.NEW_AND_OLD_IMAGES, 10, effort);
    return new TableSpec(name, new KeyAttribute("id", "S"), Optional.empty(), Optional.of(feed));
  }

  void with(Consumer<Cloud> use) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      use.accept(lease.cloud());
    }
  }

  /// Deploys the app with the table that it has now.
  void deploy() {
    with(cloud -> {
      FeedSetup setup = new FeedSetup(cloud, outside.memory.feed, alarms.count());
      SequencedMap<String, TableSpec> tables = new LinkedHashMap<>();
      outside.table.ifPresent(table -> tables.put(FEED.name(), table));
      Manifest manifest =
          new Manifest(
              FEED.app(),
              Optional.empty(),
              "public",
              new Manifest.Environment(tables, new LinkedHashMap<>(), new LinkedHashMap<>()));
      try {
        setup.make(manifest);
      } catch (Refusal refused) {
        throw new AssertionError(refused);
      }
      setup.begin(manifest);
    });
  }

  void write(int records) {
    with(cloud -> {
      for (int i = 0; i < records; i++) {
        outside.memory.feed.write(cloud);
      }
    });
  }

  FeedStanding standing() {
    FeedStanding[] found = new FeedStanding[1];
    with(cloud ->
        found[0] =
            new FeedStandings(cloud, outside, outside.memory.feed)
                .all().stream().findFirst().orElseThrow());
    return found[0];
  }

  private static List<Integer> numbers(byte[] batch) {
    return NUMBER
        .matcher(new String(batch, StandardCharsets.UTF_8))
        .results()
        .map(found -> Integer.parseInt(found.group(1)))
        .toList();
  }

  @Override
  public void close() {
    clouds.close();
  }
}
