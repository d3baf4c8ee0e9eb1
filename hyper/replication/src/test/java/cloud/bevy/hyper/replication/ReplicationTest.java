package cloud.bevy.hyper.replication;

import static cloud.bevy.hyper.replication.Party.MINUTE;
import static cloud.bevy.hyper.replication.Party.block;
import static cloud.bevy.hyper.replication.Party.read;
import static cloud.bevy.hyper.replication.Party.until;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Two or three machines that exchange cores over a network that a seed decides upon.
class ReplicationTest {
  /// What happens between somebody who has cores and somebody who reads them.
  private interface Story {
    void tell(Party writer, Party reader) throws Exception;
  }

  private static void between(String name, Story story) {
    Seeds.forEach(
        name,
        5,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine b = simulation.machine("b");
          Party writer = new Party(a.world(), 1).listen(a.address());
          b.run(world -> {
            Party reader = new Party(world, 2);
            reader.join(a.address());
            story.tell(writer, reader);
          });
        });
  }

  @Test
  void aBlockOfACoreKnownByItsKeyAloneIsReadFromWhoHasIt() {
    between(
        "sparse",
        (writer, reader) -> {
          Core source = writer.write("notes", 100);
          Core core = reader.remote(source.key());
          assertThat(read(core, 57)).isEqualTo(block(0, 57));
          assertThat(core.has(56)).isFalse();
          assertThat(core.knownManifest()).isEqualTo(source.knownManifest());
          assertThat(core.read(57, MINUTE)).isInstanceOf(BlockLookup.Found.class);
        });
  }

  @Test
  void whoFollowsAllNeedNotSayWhichCoresAreRead() {
    between(
        "all",
        (writer, reader) -> {
          Core first = writer.write("first", 10);
          Core second = writer.write("second", 10);
          Core opened = reader.cores.remote(first.key());
          assertThat(opened.read(3, MINUTE)).isInstanceOf(BlockLookup.Missing.class);
          Registration all = reader.replication.followAll();
          Core later = reader.cores.remote(second.key());
          assertThat(read(opened, 3)).isEqualTo(block(0, 3));
          assertThat(later.read(3, MINUTE)).isInstanceOf(BlockLookup.Found.class);
          all.close();
          all.close();
          assertThat(opened.read(4, MINUTE)).isInstanceOf(BlockLookup.Missing.class);
          assertThat(later.read(4, MINUTE)).isInstanceOf(BlockLookup.Missing.class);
        });
  }

  @Test
  void aWholeCoreIsDownloaded() {
    between(
        "download",
        (writer, reader) -> {
          Core source = writer.write("notes", 3000);
          Core core = reader.remote(source.key());
          try (Registration _ = core.download(0, 3000)) {
            until(reader.world, () -> core.replica().contiguous() == 3000);
          }
          assertThat(core.rootHash()).isEqualTo(source.rootHash());
          assertThat(core.verify().sound()).isTrue();
          for (int index = 0; index < 3000; index += 100) {
            assertThat(read(core, index)).isEqualTo(block(0, index));
          }
        });
  }

  @Test
  void whatIsAppendedArrivesAtThoseWhoFollow() {
    between(
        "live",
        (writer, reader) -> {
          Core source = writer.write("notes", 1);
          Core core = reader.remote(source.key());
          try (Registration _ = core.download(0, Long.MAX_VALUE)) {
            for (int number = 1; number < 20; number++) {
              Party.append(source, number % 3 + 1);
              long last = source.length() - 1;
              assertThat(read(core, last)).isEqualTo(block(0, last));
            }
            until(reader.world, () -> core.replica().contiguous() == source.length());
          }
        });
  }

  @Test
  void aByteIsFoundWithoutTheBlocksBeforeIt() {
    between(
        "seek",
        (writer, reader) -> {
          Core source = writer.write("notes", 300);
          Core core = reader.remote(source.key());
          assertThat(core.update(MINUTE)).isTrue();
          for (long offset = 0; offset < source.byteLength(); offset += 997) {
            assertThat(core.seek(offset, MINUTE)).isEqualTo(source.seek(offset));
          }
          assertThat(core.seek(source.byteLength(), Duration.ofSeconds(1))).isEmpty();
          assertThat(core.replica().contiguous()).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void aReaderWhoAsksLearnsTheNewestLength() {
    between(
        "update",
        (writer, reader) -> {
          Core source = writer.write("notes", 10);
          Core core = reader.remote(source.key());
          assertThat(core.update(MINUTE)).isTrue();
          assertThat(core.length()).isEqualTo(10);
          assertThat(core.update(MINUTE)).isFalse();
          Party.append(source, 5);
          until(reader.world, () -> core.length() == 15 || update(core));
          assertThat(core.length()).isEqualTo(15);
        });
  }

  private static boolean update(Core core) {
    try {
      return core.update(MINUTE) && core.length() == 15;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReaderOfACoreThatNobodyHasIsToldSo() {
    between(
        "nobody",
        (writer, reader) -> {
          Core core = reader.remote(reader.cores.keyPair("unknown").publicKey());
          assertThat(core.update(MINUTE)).isFalse();
          assertThat(core.read(0, Duration.ofSeconds(5))).isEqualTo(new BlockLookup.Missing(0));
        });
  }

  @Test
  void aTruncatedCoreIsFollowed() {
    between(
        "truncated",
        (writer, reader) -> {
          Core source = writer.write("notes", 200);
          Core core = reader.remote(source.key());
          try (Registration _ = core.download(0, Long.MAX_VALUE)) {
            until(reader.world, () -> core.replica().contiguous() == 200);
            source.truncate(77).await(MINUTE);
            Party.append(source, 50);
            until(reader.world, () -> core.fork() == 1 && core.replica().contiguous() == 127);
          }
          assertThat(core.rootHash()).isEqualTo(source.rootHash());
          assertThat(read(core, 76)).isEqualTo(block(0, 76));
          assertThat(read(core, 77)).isEqualTo(block(1, 77));
          assertThat(core.verify().sound()).isTrue();
        });
  }

  @Test
  void manyCoresShareAStream() {
    between(
        "many",
        (writer, reader) -> {
          for (int number = 0; number < 50; number++) {
            Core source = writer.write("core " + number, number + 1);
            Core core = reader.remote(source.key());
            assertThat(read(core, number)).isEqualTo(block(0, number));
          }
        });
  }

  @Test
  void theWriterHearsHowFarAReplicaIsDurable() {
    between(
        "durable",
        (writer, reader) -> {
          Core source = writer.write("notes", 300);
          Core core = reader.remote(source.key());
          try (Registration _ = core.download(0, Long.MAX_VALUE)) {
            until(writer.world, () -> acknowledged(writer, source) == 300);
            Durable durable = writer.replication.durable(source).getFirst();
            assertThat(durable.replica()).isEqualTo(reader.keys.publicKey());
            assertThat(durable.length()).isEqualTo(300);
            Party.append(source, 10);
            until(writer.world, () -> acknowledged(writer, source) == 310);
          }
        });
  }

  private static long acknowledged(Party writer, Core core) {
    return writer.replication.durable(core).stream()
        .mapToLong(Durable::contiguous)
        .findFirst()
        .orElse(0);
  }

  @Test
  void aChannelThatNobodyNeedsIsClosedAndOpenedAgainWhenItIs() {
    between(
        "idle",
        (writer, reader) -> {
          Core source = writer.write("notes", 10);
          Core core = reader.remote(source.key());
          for (int turn = 0; turn < 3; turn++) {
            assertThat(read(core, turn)).isEqualTo(block(0, turn));
            assertThat(writer.replication.links().getFirst().channels()).isEqualTo(1);
            reader.world.tasks().sleep(Exchange.LINGER.multipliedBy(2));
            assertThat(writer.replication.links().getFirst().channels()).isZero();
            assertThat(reader.replication.exchanging()).isZero();
            assertThat(writer.replication.exchanging()).isZero();
          }
        });
  }

  @Test
  void aPeerIsServedOnlyWhatItMaySee() {
    Seeds.forEach(
        "access",
        5,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine b = simulation.machine("b");
          byte[] open = new Party(simulation.machine("x").world(), 1).cores.core("open").key();
          Access access = (_, core) -> Arrays.equals(core.key(), open);
          Party writer = new Party(a.world(), 1, access).listen(a.address());
          Core secret = writer.write("secret", 10);
          writer.write("open", 10);
          b.run(world -> {
            Party reader = new Party(world, 2);
            reader.join(a.address());
            assertThat(read(reader.remote(open), 3)).isEqualTo(block(0, 3));
            Core core = reader.remote(secret.key());
            assertThat(core.update(MINUTE)).isFalse();
            assertThat(core.read(0, Duration.ofSeconds(5))).isEqualTo(new BlockLookup.Missing(0));
          });
        });
  }

  @Test
  void aReaderTakesWhatOneReplicaHasFromItWhenTheWriterIsGone() {
    Seeds.forEach(
        "relay",
        5,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine b = simulation.machine("b");
          SimulatedMachine c = simulation.machine("c");
          Party writer = new Party(a.world(), 1).listen(a.address());
          Core source = writer.write("notes", 200);
          Party middle = new Party(b.world(), 2).listen(b.address());
          middle.join(a.address());
          Core copy = middle.remote(source.key());
          try (Registration _ = copy.download(50, 150)) {
            until(simulation.machine("t").world(), () -> copy.has(50) && copy.has(149));
          }
          a.crash();
          c.run(world -> {
            Party reader = new Party(world, 3);
            reader.join(b.address());
            Core core = reader.remote(source.key());
            assertThat(read(core, 60)).isEqualTo(block(0, 60));
            assertThat(read(core, 149)).isEqualTo(block(0, 149));
            assertThat(core.read(10, Duration.ofSeconds(5))).isEqualTo(new BlockLookup.Missing(10));
          });
        });
  }

  @Test
  void whereverItIsCutOffADownloadIsFinishedAfterwards() {
    Seeds.forEach("restarts", 10, ReplicationTest::withRestarts);
  }

  private static void withRestarts(Simulation simulation) throws Exception {
    SimulatedMachine a = simulation.machine("a");
    SimulatedMachine b = simulation.machine("b");
    byte[] key = new Party(simulation.machine("x").world(), 1).cores.core("notes").key();
    simulation.expectFaults();
    a.run(world -> new Party(world, 1).write("notes", 1500));
    for (int turn = 0; turn < 6; turn++) {
      a.crash();
      int delay = simulation.chance().below(200);
      boolean writerFails = simulation.chance().below(2) == 0;
      simulation
          .tasks()
          .after(Duration.ofMillis(delay), "crash", () -> (writerFails ? a : b).crash());
      new Party(a.world(), 1).listen(a.address());
      b.run(world -> {
        Party reader = new Party(world, 2);
        joinIfItIsThere(reader, a.address());
        Core core = reader.remote(key);
        try (Registration _ = core.download(0, Long.MAX_VALUE)) {
          world.tasks().sleep(Duration.ofMillis(delay + 100));
        }
      });
      b.crash();
    }
    a.crash();
    new Party(a.world(), 1).listen(a.address());
    b.run(world -> {
      Party reader = new Party(world, 2);
      reader.join(a.address());
      Core core = reader.remote(key);
      try (Registration _ = core.download(0, Long.MAX_VALUE)) {
        until(world, () -> core.replica().contiguous() == 1500);
      }
      assertThat(core.verify().sound()).isTrue();
    });
  }

  private static void joinIfItIsThere(Party reader, InetAddress address) {
    try {
      reader.join(address);
    } catch (IOException gone) {
      // it has crashed meanwhile
    }
  }
}
