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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random operations, done by the DynamoDB door and by dynalite, an open implementation: every
/// answer is the same, or differs as [ExplainedDifference] says.
///
/// `-Dbevy.operations=1000000` does so many, `-Dbevy.seed=17` does others.
final class DynamoOracleTest {
  private static final int OPERATIONS = Integer.getInteger("bevy.operations", 10_000);
  private static final long SEED = Long.getLong("bevy.seed", 1);
  private static final int AT_ONCE = Integer.getInteger("bevy.at-once", 50);
  private static final int CHECKED = Integer.getInteger("bevy.checked", 20);
  private static final int MOST_SHOWN = Integer.getInteger("bevy.shown", 20);

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void randomOperationsAreAnsweredAsByDynalite(@TempDir Path folder) throws IOException {
    World world = RealWorld.create(System.err);
    List<String> unexplained = new ArrayList<>();
    try (Dynalite dynalite = Dynalite.start(json);
        Clouds clouds = Clouds.open(world, folder, CloudLimits.defaults())) {
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
        compare(dynalite, ours, unexplained);
      }
    }
    assertThat(unexplained).isEmpty();
  }

  private void compare(Dynalite dynalite, DynamoCaller ours, List<String> unexplained) {
    RandomRequests requests = new RandomRequests(SEED);
    for (int done = 0; done < OPERATIONS && unexplained.size() < MOST_SHOWN; done += AT_ONCE) {
      List<RandomRequest> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        asked.add(requests.next());
        dynalite.ask(asked.getLast());
      }
      dynalite.flush();
      List<DynamoAnswer> answers = asked.stream().map(ours::answer).toList();
      Set<String> apart = new TreeSet<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Pair pair = new Pair(done + i, asked.get(i), answers.get(i), dynalite.answer());
        if (pair.isAbout(apart)) {
          apart.addAll(pair.request().written());
        } else if (!pair.alike()) {
          if (!pair.explained()) {
            unexplained.add(pair.toString());
          }
          apart.addAll(pair.request().written());
        } else if (UpdateParts.readsWhatItChanges(pair.request())) {
          apart.addAll(pair.request().written()); // the difference need not be in the answer
        }
      }
      bringTogether(dynalite, ours, apart);
      if (done / AT_ONCE % CHECKED == 0 && unexplained.size() < MOST_SHOWN) {
        checkAlike(dynalite, ours, done);
      }
    }
  }

  /// Whether the tables have the same, though nobody has asked for it all.
  private void checkAlike(Dynalite dynalite, DynamoCaller ours, int done) {
    for (RandomTable table : RandomTable.ALL) {
      ObjectNode scan = json.createObjectNode().put("TableName", table.name());
      RandomRequest all = new RandomRequest("Scan", scan, true);
      dynalite.ask(all);
      dynalite.flush();
      Pair pair = new Pair(done, all, ours.answer(all), dynalite.answer());
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
  private record Pair(int number, RandomRequest request, DynamoAnswer ours, DynamoAnswer theirs) {
    boolean alike() {
      String ordered = ordered(request);
      return ours.comparable(request, ordered).equals(theirs.comparable(request, ordered));
    }

    boolean explained() {
      return Arrays.stream(ExplainedDifference.values())
          .anyMatch(each -> each.explains(request, ours, theirs));
    }

    boolean isAbout(Set<String> tables) {
      return request.tables().stream().anyMatch(tables::contains);
    }

    @Override
    public String toString() {
      return "\n%d of seed %d: %s\n  here: %s\n  there: %s"
          .formatted(number, SEED, request, ours.body(), theirs.body());
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
