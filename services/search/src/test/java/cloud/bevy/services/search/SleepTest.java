package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cloud that sleeps has nothing open for its indexes.
final class SleepTest {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private final ClockedWorld world = new ClockedWorld();
  private final Path folder;

  SleepTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aCloudThatSleepsHasNoOpenIndexNoMappedFileAndNoThread() throws Exception {
    CloudLimits usual = CloudLimits.defaults();
    CloudLimits sleepy =
        new CloudLimits(
            Duration.ofMillis(20), usual.durability(), usual.cacheBytes(), usual.store());
    Indexes indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
    try (Clouds clouds = Clouds.open(world, folder, sleepy)) {
      clouds.create("test");
      for (int round = 0; round < 3; round++) {
        try (Lease lease = clouds.open("test").orElseThrow()) {
          search(indexes, lease, round);
          assertThat(indexes.openCount()).isEqualTo(1);
        }
        while (clouds.openCount() > 0 || indexes.openCount() > 0) {
          world.tasks().sleep(Duration.ofMillis(5));
        }
        assertThat(mapped()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
            .noneMatch(thread -> thread.getName().contains("Lucene"));
      }
    }
  }

  private static void search(Indexes indexes, Lease lease, int round) {
    Tables tables = Tables.of(lease.cloud());
    if (round == 0) {
      KeySchema keys = new KeySchema(new KeyAttribute("p", KeyType.S), null);
      tables.create(
          TableDefinition.of("notes", keys)
              .withTags(SearchTestRun.definition("text", "title").tags()));
    }
    tables.table("notes").put(SearchTestRun.item("{'p':'p" + round + "','title':'one'}"), null);
    SearchAnswer answer = indexes.of(lease.cloud()).search("notes", SearchRequest.lucene("one"));
    assertThat(answer.hits()).hasSize(round + 1);
  }

  /// The files of indexes that this process has mapped.
  private List<String> mapped() throws IOException {
    Assumptions.assumeTrue(world.disk().exists(MAPS));
    String maps;
    try (var file = world.disk().open(MAPS, cloud.bevy.foundation.base.Disk.Mode.READ)) {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(1 << 22);
      int count = 0;
      while (count >= 0) {
        count = file.read(bytes, bytes.position());
      }
      maps = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
    return maps.lines().filter(line -> line.contains(folder.resolve("search").toString())).toList();
  }
}
