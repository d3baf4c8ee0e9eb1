package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions of items, and writes that are decided on them.
final class ItemVersionsTest {
  private static final int TASKS = 8;
  private static final int ROUNDS = 25;
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);

  private final Path folder;

  ItemVersionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void with(Consumer<Cloud> work) {
    try (Clouds clouds =
        Clouds.open(RealWorld.create(System.err), folder, CloudLimits.defaults())) {
      clouds.create("test");
      try (Lease lease = clouds.open("test").orElseThrow()) {
        Tables.of(lease.cloud()).create(TableDefinition.of("notes", KEYS));
        work.accept(lease.cloud());
      }
    }
  }

  private static ItemVersions versions(Cloud cloud) {
    return Tables.of(cloud).table("notes").versions();
  }

  private static Key key(String p) {
    return new Key(AttributeValue.text(p), null);
  }

  private static ItemVersions.Decision value(String p, long n) {
    return new ItemVersions.Decision(
        Item.of(Map.of("p", AttributeValue.text(p), "n", AttributeValue.number(n))));
  }

  private static ItemVersions.Step put(String p, long n) {
    return new ItemVersions.Step(key(p), _ -> value(p, n));
  }

  @Test
  void stepsSeeWhatThoseBeforeThemDidAndARefusedOneStopsNoOther() {
    with(cloud -> {
      List<ItemVersions.Outcome> outcomes =
          versions(cloud)
              .write(
                  List.of(
                      put("a", 1),
                      new ItemVersions.Step(
                          key("a"), before -> value("a", before == null ? -1 : number(before) + 1)),
                      new ItemVersions.Step(key("b"), _ -> value("other", 1)),
                      new ItemVersions.Step(key("none"), _ -> new ItemVersions.Decision(null)),
                      new ItemVersions.Step(key("none"), _ -> null),
                      put("b", 5)));
      assertThat(outcomes.get(0).before()).isNull();
      assertThat(outcomes.get(1).version()).isGreaterThan(outcomes.get(0).version());
      assertThat(outcomes.get(2).refusal()).isNotNull();
      assertThat(outcomes.get(3).version()).isEqualTo(-1);
      assertThat(outcomes.get(4).version()).isEqualTo(-1);
      ItemVersions.Versioned a = versions(cloud).get(key("a")).orElseThrow();
      assertThat(number(a)).isEqualTo(2);
      assertThat(a.version()).isEqualTo(outcomes.get(1).version());
      assertThat(versions(cloud).get(key("b")).orElseThrow().version())
          .isEqualTo(outcomes.get(5).version());
    });
  }

  @Test
  void aVersionIsTheSameAfterARestartAndLargerAfterEveryWrite() {
    long[] seen = new long[1];
    with(cloud -> seen[0] = versions(cloud).write(List.of(put("a", 1))).getFirst().version());
    with(cloud -> {
      ItemVersions versions = versions(cloud);
      assertThat(versions.get(key("a")).orElseThrow().version()).isEqualTo(seen[0]);
      long deleted =
          versions
              .write(List.of(new ItemVersions.Step(key("a"), _ -> new ItemVersions.Decision(null))))
              .getFirst()
              .version();
      long again = versions.write(List.of(put("a", 1))).getFirst().version();
      assertThat(deleted).isGreaterThan(seen[0]);
      assertThat(again).isGreaterThan(deleted);
    });
  }

  @Test
  void noWriteThatIsGuardedByAVersionIsLostAmongMany() {
    with(cloud -> {
      versions(cloud).write(List.of(put("a", 0)));
      List<CompletableFuture<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(done);
        cloud
            .world()
            .tasks()
            .start(
                "counter",
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    increment(versions(cloud));
                  }
                  done.complete(null);
                });
      }
      tasks.forEach(CompletableFuture::join);
      assertThat(number(versions(cloud).get(key("a")).orElseThrow())).isEqualTo(TASKS * ROUNDS);
    });
  }

  /// Reads, and writes if it is still what was read, until that succeeds.
  private static void increment(ItemVersions versions) {
    boolean done = false;
    while (!done) {
      ItemVersions.Versioned read = versions.get(key("a")).orElseThrow();
      ItemVersions.Outcome outcome =
          versions
              .write(
                  List.of(
                      new ItemVersions.Step(
                          key("a"),
                          before ->
                              is(before, read.version()) ? value("a", number(read) + 1) : null)))
              .getFirst();
      done = is(outcome.before(), read.version());
    }
  }

  private static boolean is(ItemVersions.@Nullable Versioned item, long version) {
    return item != null && item.version() == version;
  }

  private static long number(ItemVersions.Versioned item) {
    return item.item().item().get("n") instanceof AttributeValue.N(Decimal n)
        ? n.value().longValueExact()
        : -1;
  }
}
