package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableWrite;
import cloud.bevy.services.tables.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Indexes follow though nobody asks them, and cost nothing when they have.
final class AutoFollowTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String OTHER = "other";

  private final World world = RealWorld.create((level, sentence) -> {});
  private final Path folder;

  AutoFollowTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private SearchTestRun open() {
    return SearchTestRun.following(world, folder, SearchLimits.defaults());
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = world.time().nanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(world.time().nanos()).as("it takes too long").isLessThan(end);
      world.tasks().sleep(Duration.ofMillis(5));
    }
  }

  private static boolean present(SearchTestRun run, String table) {
    SearchStatus status = run.search().status(table);
    return status.reached() == status.version() && status.version() > 0;
  }

  private static List<String> asItIs(SearchTestRun run, String query) {
    SearchRequest request = SearchRequest.lucene(query).size(100).asItIs();
    return SearchTestRun.ids(run.search().search(SearchTestRun.TABLE, request));
  }

  private static void load(SearchTestRun run, int items) {
    List<TableWrite> writes = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      writes.add(new TableWrite.Put(SearchTestRun.item("{'p':'p" + i + "','title':'same'}")));
    }
    Tables.of(run.cloud()).writeAll(Map.of(run.table(), writes));
  }

  @Test
  void whatIsWrittenIsInTheIndexThoughNobodySearches() throws Exception {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      await(() -> present(run, SearchTestRun.TABLE));
      assertThat(asItIs(run, "one")).containsExactly("a");
      run.put("{'p':'b','title':'one'}");
      run.table().delete(SearchTestRun.key("a"), null);
      await(() -> present(run, SearchTestRun.TABLE));
      assertThat(asItIs(run, "one")).containsExactly("b");
    }
  }

  @Test
  void whatAnswersAtOnceFindsWhatWasJustWritten() {
    try (SearchTestRun run = open()) {
      run.create("title");
      for (int i = 0; i < 60; i++) {
        run.put("{'p':'a','title':'number" + i + "'}");
        if (i % 10 == 0) {
          assertThat(run.lucene("number" + i)).containsExactly("a");
        }
      }
    }
  }

  @Test
  void anIndexIsMadeWhenItIsDefinedAndSaysHowFarItIs() throws Exception {
    try (SearchTestRun run = open()) {
      Tables.of(run.cloud())
          .create(
              TableDefinition.of(SearchTestRun.TABLE, run.create(OTHER, anyDefinition()).keys()));
      load(run, 2000);
      run.search().define(SearchTestRun.TABLE, SearchTestRun.definition("text", "title"));
      await(() -> present(run, SearchTestRun.TABLE));
      assertThat(run.search().status(SearchTestRun.TABLE).items()).isEqualTo(2000);
      run.search().define(SearchTestRun.TABLE, SearchTestRun.definition("keyword", "title"));
      await(() -> present(run, SearchTestRun.TABLE));
      assertThat(asItIs(run, "title:same")).hasSize(100);
    }
  }

  private static SearchDefinition anyDefinition() {
    return SearchTestRun.definition("text", "title");
  }

  @Test
  void whatWasLeftBehindIsTakenUpWhenTheCloudIsUsedAgain() throws Exception {
    try (SearchTestRun run = SearchTestRun.real(world, folder)) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      assertThat(run.lucene("one")).hasSize(1);
      load(run, 700);
      run.create(OTHER, anyDefinition());
    }
    try (SearchTestRun run = open()) {
      assertThat(run.table(OTHER).get(SearchTestRun.key("x"))).isEmpty();
      await(() -> {
        SearchStatus status = run.search().status(SearchTestRun.TABLE);
        return status.items() == 701 && status.reached() == status.version();
      });
    }
  }

  @Test
  void aTableOfWhichNothingIsNewOpensNoIndex() throws Exception {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      await(() -> present(run, SearchTestRun.TABLE));
    }
    try (SearchTestRun run = open()) {
      assertThat(run.table().get(SearchTestRun.key("a"))).isPresent();
      await(() -> run.indexes().pursuits().workers() == 0);
      assertThat(run.indexes().openCount()).isZero();
      run.put("{'p':'b','title':'one'}");
      await(() -> present(run, SearchTestRun.TABLE));
      assertThat(run.indexes().openCount()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsLeftWhenAllIsDone() throws Exception {
    CloudLimits usual = CloudLimits.defaults();
    CloudLimits sleepy =
        new CloudLimits(
            Duration.ofMillis(500), usual.durability(), usual.cacheBytes(), usual.store());
    Indexes indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
    try (Clouds clouds = Clouds.open(world, folder, sleepy)) {
      indexes.followIn(clouds);
      clouds.create("test");
      try (Lease lease = clouds.open("test").orElseThrow()) {
        Tables tables = Tables.of(lease.cloud());
        tables.create(
            TableDefinition.of(SearchTestRun.TABLE, SearchTestRun.KEYS)
                .withTags(anyDefinition().tags()));
        tables.table(SearchTestRun.TABLE).put(SearchTestRun.item("{'p':'a','title':'b'}"), null);
      }
      await(() -> indexes.openCount() == 1);
      await(() -> clouds.openCount() == 0 && indexes.openCount() == 0);
      assertThat(indexes.pursuits().workers()).isZero();
      try (Lease lease = clouds.open("test").orElseThrow()) {
        SearchStatus status = indexes.of(lease.cloud()).status(SearchTestRun.TABLE);
        assertThat(status.reached()).isEqualTo(status.version());
      }
    }
  }

  @Test
  void tablesThatAreMoreThanIndexesMayBeOpenAreSearchedAllTheSame() {
    SearchLimits few =
        new SearchLimits(1, 1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(10), true);
    try (SearchTestRun run = SearchTestRun.following(world, folder, few)) {
      run.create("title");
      run.create(OTHER, anyDefinition());
      for (int i = 0; i < 4; i++) {
        run.put("{'p':'a" + i + "','title':'one'}");
        run.table(OTHER).put(SearchTestRun.item("{'p':'b" + i + "','title':'one'}"), null);
        assertThat(run.lucene("one")).hasSize(i + 1);
        SearchRequest request = SearchRequest.lucene("one").size(100);
        assertThat(run.search().search(OTHER, request).hits()).hasSize(i + 1);
        assertThat(run.indexes().openCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void anIndexThatIsDroppedWhileItFollowsStaysAway() throws Exception {
    try (SearchTestRun run = open()) {
      run.create("title");
      Path home = folder.resolve("search").resolve(run.cloud().key().toString());
      for (int round = 0; round < 5; round++) {
        run.search().define(SearchTestRun.TABLE, anyDefinition());
        load(run, 300);
        int now = round;
        await(() -> now % 2 == 0 || run.indexes().openCount() == 1);
        run.search().define(SearchTestRun.TABLE, null);
      }
      await(() -> run.indexes().pursuits().workers() == 0);
      assertThat(run.indexes().openCount()).isZero();
      assertThat(!world.disk().exists(home) || world.disk().list(home).isEmpty()).isTrue();
    }
  }
}
