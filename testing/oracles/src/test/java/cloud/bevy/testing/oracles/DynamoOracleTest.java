package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.DynamoDoor;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random operations, done by the DynamoDB door and by dynalite, an open implementation: every
/// answer is the same, or differs as [ExplainedDifference] says.
///
/// `-Dbevy.operations=1000000` compares so many, in clouds of 50,000 each; `-Dbevy.seed=17` begins
/// with others. An operation counts when it was compared: one that is about a table in which the
/// two differ, as the operation before was answered differently, does not.
final class DynamoOracleTest {
  private static final int OPERATIONS = Integer.getInteger("bevy.operations", 10_000);
  private static final long SEED = Long.getLong("bevy.seed", 1);
  private static final int MOST_BY_SEED = 50_000;
  private static final int AT_ONCE = Integer.getInteger("bevy.at-once", 10);
  private static final int CHECKED = Integer.getInteger("bevy.checked", 100);
  private static final int MOST_SHOWN = Integer.getInteger("bevy.shown", 20);

  private final ObjectMapper json = new ObjectMapper();

  static LongStream seeds() {
    return LongStream.range(SEED, SEED + Math.ceilDiv(OPERATIONS, MOST_BY_SEED));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomOperationsAreAnsweredAsByDynalite(long seed, @TempDir Path folder) throws IOException {
    World world = RealWorld.create(System.err);
    Tally tally = new Tally();
    try (Dynalite dynalite = Dynalite.start(json);
        Clouds clouds = Clouds.open(world, folder, limits())) {
      clouds.create("oracle");
      try (Lease lease = clouds.open("oracle").orElseThrow()) {
        Indexes indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
        DynamoDoor door = new DynamoDoor(world, clouds, indexes);
        DynamoCaller ours = new DynamoCaller(json, door, lease.cloud());
        for (RandomTable table : RandomTable.ALL) {
          dynalite.ask(table.creation());
          dynalite.flush();
          assertThat(ours.answer(table.creation()).status()).isEqualTo(200);
          assertThat(dynalite.answer().status()).isEqualTo(200);
        }
        compare(seed, dynalite, ours, tally);
      }
    }
    System.out.println("DynamoOracleTest: -Dbevy.seed=" + seed + ", " + tally);
    assertThat(tally.unexplained()).isEmpty();
  }

  private static CloudLimits limits() {
    CloudLimits usual = CloudLimits.defaults();
    return new CloudLimits(usual.idle(), Dynalite.PATIENCE, usual.cacheBytes(), usual.store());
  }

  private void compare(long seed, Dynalite dynalite, DynamoCaller ours, Tally tally) {
    RandomRequests requests = new RandomRequests(seed);
    int wanted = Math.min(OPERATIONS, MOST_BY_SEED);
    int done = 0;
    while (tally.compared() < wanted && tally.differences() < MOST_SHOWN) {
      List<RandomRequest> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        asked.add(requests.next());
        dynalite.ask(asked.getLast());
      }
      dynalite.flush();
      List<DynamoAnswer> answers = asked.stream().map(ours::answer).toList();
      Set<String> apart = new TreeSet<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String number = done + i + " of seed " + seed;
        Pair pair = new Pair(number, asked.get(i), answers.get(i), dynalite.answer());
        if (!pair.judged(apart, tally)) {
          apart.addAll(pair.request().written());
        }
      }
      bringTogether(dynalite, ours, apart);
      if (done / AT_ONCE % CHECKED == 0 && tally.differences() < MOST_SHOWN) {
        checkAlike(dynalite, ours, done);
      }
      done += AT_ONCE;
    }
  }

  /// Whether the tables have the same, though nobody has asked for it all.
  private void checkAlike(Dynalite dynalite, DynamoCaller ours, int done) {
    for (RandomTable table : RandomTable.ALL) {
      ObjectNode scan = json.createObjectNode().put("TableName", table.name());
      RandomRequest all = new RandomRequest("Scan", scan, true);
      dynalite.ask(all);
      dynalite.flush();
      Pair pair = new Pair("after " + done, all, ours.answer(all), dynalite.answer());
      assertThat(pair.alike()).as(pair::toString).isTrue();
    }
  }

  /// Gives dynalite what the tables have here that differ by a write that was answered differently.
  private void bringTogether(Dynalite dynalite, DynamoCaller ours, Set<String> tables) {
    for (String table : tables) {
      ObjectNode scan = json.createObjectNode().put("TableName", table);
      JsonNode items = ours.answer(new RandomRequest("Scan", scan, true)).body().path("Items");
      ObjectNode content = json.createObjectNode().put("TableName", table);
      content.set("Items", items.isMissingNode() ? json.createArrayNode() : items);
      dynalite.ask(new RandomRequest("Fill", content, false));
      dynalite.flush();
      DynamoAnswer filled = dynalite.answer();
      assertThat(filled.status()).as(() -> filled.body() + " " + content).isEqualTo(200);
    }
  }

  /// A request with what both answered.
  private record Pair(
      String number, RandomRequest request, DynamoAnswer ours, DynamoAnswer theirs) {
    boolean alike() {
      String ordered = ordered(request);
      return ours.comparable(request, ordered).equals(theirs.comparable(request, ordered));
    }

    /// Counts this.
    ///
    /// @param apart the tables in which the two may differ already
    /// @return whether the tables that it is about are the same afterwards
    boolean judged(Set<String> apart, Tally tally) {
      if (request.tables().stream().anyMatch(apart::contains)) {
        tally.apart();
        return false;
      }
      if (alike()) {
        tally.alike();
        return true;
      }
      Arrays.stream(ExplainedDifference.values())
          .filter(each -> each.explains(request, ours, theirs))
          .findFirst()
          .ifPresentOrElse(tally::explained, () -> tally.unexplained(toString()));
      return false;
    }

    @Override
    public String toString() {
      return "\n%s: %s\n  here: %s\n  there: %s"
          .formatted(number, request, ours.body(), theirs.body());
    }
  }

  /// The attribute by which the items of an answer are in order; null for none.
  private static String ordered(RandomRequest request) {
    if (!request.operation().equals("Query")) {
      return null;
    }
    for (RandomTable table : RandomTable.ALL) {
      if (table.name().equals(request.text("TableName"))) {
        return table.indexes().stream()
            .filter(each -> each.name().equals(request.text("IndexName")))
            .findFirst()
            .map(RandomTable.Index::keys)
            .orElse(table.keys())
            .getLast();
      }
    }
    return null;
  }
}
