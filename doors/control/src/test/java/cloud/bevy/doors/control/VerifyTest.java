package cloud.bevy.doors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.Versioning;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.search.PlainItems;
import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever verifies is told what is lost with the blocks that are, also where nothing but a backup
/// or an older version needs them.
class VerifyTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private Clouds clouds;
  private Lease lease;

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.open(WORLD, folder, CloudLimits.defaults());
    clouds.create("default");
    lease = clouds.open("default").orElseThrow();
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  private Map<String, Object> ask(String method, String path) throws IOException, ControlRefusal {
    ControlRequest request =
        new ControlRequest(
            method, List.of(path.split("/", -1)), Map.of(), new ByteArrayInputStream(new byte[0]));
    for (ControlOperation operation :
        List.of(
            new ListContents(clouds),
            new VerifyBucket(clouds),
            new VerifyTable(clouds),
            new VerifyBackup(clouds))) {
      if (operation.answers(method, path)) {
        return operation.answer(request);
      }
    }
    throw new AssertionError(path);
  }

  private Table makeTable() {
    Tables tables = Tables.of(lease.cloud());
    KeySchema keys = new KeySchema(new KeyAttribute("p", KeyType.S), null);
    tables.create(TableDefinition.of("notes", keys));
    return tables.table("notes");
  }

  private static void lose(Core core, long from, long to) throws Exception {
    core.clear(from, to).await(DEADLINE);
  }

  private static void put(Table table, String key, String text) {
    table.put(PlainItems.item(Map.of("p", key, "text", text)), null);
  }

  @Test
  void aBlockThatOnlyABackupNeedsIsMissedByThatBackup() throws Exception {
    Table table = makeTable();
    put(table, "a", "first");
    long first = table.bee().version();
    Backup early = Tables.of(lease.cloud()).backups().create("notes", "early");
    put(table, "a", "second");
    Backup late = Tables.of(lease.cloud()).backups().create("notes", "late");
    assertThat(ask("POST", "tables/notes/verify"))
        .containsEntry("sound", true)
        .extracting("backups")
        .isEqualTo(Map.of("sound", true, "backups", 2, "damages", List.of()));
    lose(table.bee().core(), first - 1, first); // the item as it was at first
    Map<String, Object> said = ask("POST", "tables/notes/verify");
    assertThat(said).containsEntry("sound", false);
    assertThat(said.get("cores").toString()).contains("block " + (first - 1) + ": it is missing");
    assertThat(said.get("backups").toString())
        .contains("backup early (" + early.id() + "): ")
        .contains("the root cannot be read: block " + (first - 1) + " of core")
        .doesNotContain(late.id());
    assertThat(said.get("tree").toString()).contains("sound=true");
  }

  @Test
  void whatOnlyTheBackupOfADeletedTableHoldsIsCheckedToo() throws Exception {
    Table table = makeTable();
    put(table, "a", "first");
    Backup backup = Tables.of(lease.cloud()).backups().create("notes", "last");
    assertThat(ask("GET", "contents")).containsEntry("backups", List.of());
    Tables.of(lease.cloud()).delete("notes");
    assertThat(ask("GET", "contents")).containsEntry("backups", List.of(backup.id()));
    String path = "backups/" + backup.id() + "/verify";
    assertThat(ask("POST", path))
        .containsEntry("sound", true)
        .containsEntry("kind", "backup")
        .containsEntry("name", "last");
    lose(table.bee().core(), 1, table.bee().version());
    Map<String, Object> said = ask("POST", path);
    assertThat(said).containsEntry("sound", false);
    assertThat(said.get("tree").toString()).contains("the root cannot be read");
    assertThat(said.get("cores").toString()).contains("they are missing");
    assertThatThrownBy(() -> ask("POST", "backups/none/verify"))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("there is no backup");
  }

  @Test
  void bytesThatOnlyAnOlderVersionNeedsAreMissedByThatVersion() throws Exception {
    Bucket bucket = makeBucket();
    bucket.setVersioning(Versioning.ENABLED);
    put(bucket, "one");
    put(bucket, "two");
    assertThat(ask("POST", "buckets/photos/verify"))
        .containsEntry("sound", true)
        .extracting("files")
        .isEqualTo(Map.of("sound", true, "files", 1L, "others", 1L, "damages", List.of()));
    lose(bucket.drive().content(), 0, 1);
    Map<String, Object> said = ask("POST", "buckets/photos/verify");
    assertThat(said).containsEntry("sound", false);
    assertThat(said.get("files").toString())
        .contains("not all bytes of version 00000")
        .contains("of object cat.txt are here")
        .doesNotContain("of object cat.txt are here, not");
  }

  @Test
  void betweenWhichKeysAnEntryIsLostIsSaidAndNothingElseIsBlamed() throws Exception {
    Bucket bucket = makeBucket();
    for (String name : List.of("ant", "bee", "cat", "dog", "eel")) {
      put(bucket, name + ".txt", name);
    }
    Drive drive = bucket.drive();
    long lost = drive.entry("/cat.txt").orElseThrow().sequence();
    lose(drive.database(), lost, lost + 1);
    lease.close();
    clouds.close();
    clouds = Clouds.open(WORLD, folder, CloudLimits.defaults()); // nothing is in the cache now
    lease = clouds.open("default").orElseThrow();
    Map<String, Object> said = ask("POST", "buckets/photos/verify");
    assertThat(said.get("files").toString())
        .contains("not all of the objects can be listed: block " + lost);
    assertThat(said.get("tree").toString())
        .contains("between \"files\\x00/bee.txt\" and the last, that cannot be read")
        .doesNotContain("out of order");
  }

  @Test
  void bytesThatAreKeptOfWhatWasOverwrittenAreMissedByWhoeverReadsTheBucketAsItWas()
      throws Exception {
    Bucket bucket = makeBucket();
    put(bucket, "one");
    put(bucket, "two");
    lose(bucket.drive().content(), 0, 1);
    assertThat(ask("POST", "buckets/photos/verify").get("files").toString())
        .contains("not all bytes of what was overwritten or deleted at version ");
  }

  private Bucket makeBucket() {
    Buckets buckets = Buckets.in(lease.cloud());
    BucketName name = BucketName.of("photos").orElseThrow();
    var _ = buckets.create(name, "");
    return buckets.find(name).orElseThrow();
  }

  private static void put(Bucket bucket, String text) throws IOException {
    put(bucket, "cat.txt", text);
  }

  private static void put(Bucket bucket, String key, String text) throws IOException {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var _ =
        bucket.put(
            ObjectKey.of(key).orElseThrow(),
            ObjectAttributes.plain(new TreeMap<>(), new TreeMap<>()),
            Content.of(new ByteArrayInputStream(bytes), bytes.length),
            WriteCondition.always());
  }
}
