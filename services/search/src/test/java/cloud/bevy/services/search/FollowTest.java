package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index equals the table, whatever happens to either.
final class FollowTest {
  private static final SearchDefinition DEFINITION =
      SearchTestRun.definition("text", "title", "number", "n", "keyword", "tag");

  private final ClockedWorld world = new ClockedWorld();
  private final Path folder;

  FollowTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private SearchTestRun open() {
    return SearchTestRun.real(world, folder);
  }

  /// What the index says of the table: everything, by id.
  private static SortedMap<String, String> indexed(SearchTestRun run) {
    SortedMap<String, String> found = new TreeMap<>();
    SearchRequest page = SearchRequest.all().size(1000).with("sort", List.of("_id"));
    SearchAnswer answer = run.search().search(SearchTestRun.TABLE, page);
    while (!answer.hits().isEmpty()) {
      answer.hits().forEach(hit -> found.put(hit.id(), String.valueOf(hit.source())));
      page = page.with("search_after", answer.hits().getLast().sort());
      answer = run.search().search(SearchTestRun.TABLE, page);
    }
    return found;
  }

  private static SortedMap<String, String> stored(Table table) {
    SortedMap<String, String> found = new TreeMap<>();
    for (StoredItem item : table.scan(0, 1, Reading.ALL).items()) {
      found.put(
          ItemIds.id(table.keys().keyOf(item.item())),
          String.valueOf(PlainItems.tree(item.item())));
    }
    return found;
  }

  private static void change(Table table, Random random) {
    String p = "p" + random.nextInt(60);
    if (random.nextInt(4) == 0) {
      table.delete(SearchTestRun.key(p), null);
      return;
    }
    String n = random.nextBoolean() ? "" + random.nextInt(50) : "'word" + random.nextInt(50) + "'";
    table.put(
        SearchTestRun.item(
            "{'p':'" + p + "','title':'word" + random.nextInt(20) + " same','n':" + n + "}"),
        null);
  }

  @Test
  void afterRandomOperationsTheIndexEqualsTheTable() {
    Random random = new Random(7);
    try (SearchTestRun run = open()) {
      Table table = run.create(SearchTestRun.TABLE, DEFINITION);
      for (int round = 0; round < 12; round++) {
        for (int i = 0; i < 25; i++) {
          change(table, random);
        }
        assertThat(indexed(run)).isEqualTo(stored(table));
      }
      for (int word = 0; word < 20; word++) {
        String sought = "word" + word + " ";
        long expected = stored(table).values().stream().filter(i -> i.contains(sought)).count();
        assertThat(run.lucene("title:word" + word)).hasSize((int) expected);
      }
    }
  }

  @Test
  void anIndexThatIsDeletedInTheMiddleOfLoadIsRebuiltAndEqualsTheTable() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 4; round++) {
      try (SearchTestRun run = open()) {
        Table table = round == 0 ? run.create(SearchTestRun.TABLE, DEFINITION) : run.table();
        for (int i = 0; i < 80; i++) {
          change(table, random);
        }
        assertThat(indexed(run)).isEqualTo(stored(table));
      }
      if (round % 2 == 0) {
        DiskDirectory.delete(world.disk(), folder.resolve("search"));
      }
    }
  }

  @Test
  void anIndexGoesOnWhereItWasClosed() {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      assertThat(run.lucene("one")).containsExactly("a");
    }
    try (SearchTestRun run = open()) {
      SearchStatus status = run.search().status(SearchTestRun.TABLE);
      assertThat(status.reached()).isEqualTo(status.version());
      assertThat(run.search().refresh(SearchTestRun.TABLE)).isEqualTo(status);
      run.put("{'p':'b','title':'one'}");
      SearchAnswer asItIs =
          run.search().search(SearchTestRun.TABLE, SearchRequest.lucene("one").asItIs());
      assertThat(SearchTestRun.ids(asItIs)).as("nobody asked for more").containsExactly("a");
      assertThat(run.lucene("one")).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void whatWasWrittenIsFoundAtOnceAndWhatWasDeletedIsNot() {
    try (SearchTestRun run = open()) {
      Table table = run.create("title");
      for (int i = 0; i < 20; i++) {
        run.put("{'p':'a','title':'number" + i + "'}");
        assertThat(run.lucene("number" + i)).containsExactly("a");
        assertThat(run.lucene("number" + (i - 1))).isEmpty();
      }
      table.delete(SearchTestRun.key("a"), null);
      assertThat(run.lucene("*:*")).isEmpty();
    }
  }

  @Test
  void anotherDefinitionMakesTheIndexAnew() {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one','other':'two'}");
      assertThat(run.lucene("two")).isEmpty();
      run.search().define(SearchTestRun.TABLE, SearchTestRun.definition("text", "title,other"));
      assertThat(run.lucene("two")).containsExactly("a");
      run.search().define(SearchTestRun.TABLE, SearchTestRun.definition("number", "title"));
      assertThat(run.lucene("one")).isEmpty();
    }
  }

  @Test
  void aDefinitionThatIsTakenAwayTakesTheIndexWithIt() throws IOException {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      assertThat(run.lucene("one")).hasSize(1);
      Path home = home(run);
      assertThat(world.disk().list(home)).hasSize(1);
      run.search().define(SearchTestRun.TABLE, null);
      assertThat(world.disk().list(home)).isEmpty();
      assertThatThrownBy(() -> run.lucene("one"))
          .isInstanceOfSatisfying(
              SearchRefusal.class,
              refusal -> assertThat(refusal.kind()).isEqualTo(SearchRefusal.Kind.NOT_FOUND));
    }
  }

  private Path home(SearchTestRun run) {
    return folder.resolve("search").resolve(run.cloud().key().toString());
  }

  @Test
  void aTableThatIsDroppedTakesItsIndexWithIt() throws IOException {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      assertThat(run.lucene("one")).hasSize(1);
      run.search().forget(Tables.of(run.cloud()).delete(SearchTestRun.TABLE));
      assertThat(world.disk().list(home(run))).isEmpty();
      assertThatThrownBy(() -> run.lucene("one")).isInstanceOf(NoSuchTable.class);
      run.create("title");
      assertThat(run.lucene("one")).as("another table of that name").isEmpty();
    }
  }

  @Test
  void theIndexOfATableThatWasDroppedWithoutAWordIsSweptAway() throws IOException {
    try (SearchTestRun run = open()) {
      run.create("title");
      run.put("{'p':'a','title':'one'}");
      assertThat(run.lucene("one")).hasSize(1);
      Tables.of(run.cloud()).delete(SearchTestRun.TABLE);
    }
    try (SearchTestRun run = open()) {
      run.search();
      assertThat(world.disk().list(home(run))).isEmpty();
    }
  }

  @Test
  void aDamagedIndexIsMadeAnew() throws IOException {
    for (int kind = 0; kind < 3; kind++) {
      String word = "kind" + kind;
      try (SearchTestRun run = open()) {
        if (kind == 0) {
          run.create("title");
        }
        run.put("{'p':'a','title':'" + word + "'}");
        assertThat(run.lucene(word)).containsExactly("a");
      }
      damage(kind);
      try (SearchTestRun run = open()) {
        assertThat(run.lucene(word)).containsExactly("a");
      }
    }
  }

  /// Cuts, flips a bit of, or deletes each file of the index.
  private void damage(int kind) throws IOException {
    Disk disk = world.disk();
    Path search = folder.resolve("search");
    Path cloud = search.resolve(disk.list(search).getFirst());
    Path index = cloud.resolve(disk.list(cloud).getFirst());
    for (Path name : disk.list(index)) {
      if (kind == 2 && !name.toString().startsWith("segments")) {
        disk.delete(index.resolve(name));
      } else if (kind < 2) {
        try (DiskFile file = disk.open(index.resolve(name), Disk.Mode.WRITE)) {
          long middle = file.size() / 2;
          if (kind == 0) {
            file.truncate(middle);
          } else if (middle > 0) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.readFully(one, middle);
            file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), middle);
          }
        }
      }
    }
  }

  @Test
  void anAttributeMayChangeItsType() {
    try (SearchTestRun run = open()) {
      run.create(SearchTestRun.TABLE, DEFINITION);
      for (@Nullable String n :
          List.of("1", "'1'", "true", "null", "[1,'x']", "{'x':1}", "'text'")) {
        run.put("{'p':'a','title':" + n + ",'n':" + n + ",'tag':" + n + "}");
        assertThat(run.lucene("*:*")).containsExactly("a");
      }
      run.put("{'p':'a','title':12,'n':[1,'x'],'tag':5}");
      assertThat(run.lucene("title:12 AND n:1 AND tag:5")).containsExactly("a");
      assertThatThrownBy(() -> run.lucene("n:x")).isInstanceOf(SearchRefusal.class);
    }
  }

  @Test
  void onlySoManyIndexesAreOpen() {
    SearchLimits few =
        new SearchLimits(
            2, 1 << 20, java.time.Duration.ofSeconds(20), java.time.Duration.ofSeconds(10), true);
    try (SearchTestRun run = new SearchTestRun(world, folder, few)) {
      for (int i = 0; i < 5; i++) {
        run.create("table" + i, SearchTestRun.definition("text", "title"));
        run.table("table" + i).put(SearchTestRun.item("{'p':'a','title':'one'}"), null);
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5; i++) {
          SearchAnswer answer = run.search().search("table" + i, SearchRequest.lucene("one"));
          assertThat(SearchTestRun.ids(answer)).containsExactly("a");
          assertThat(run.indexes().openCount()).isLessThanOrEqualTo(2);
        }
      }
    }
  }
}
