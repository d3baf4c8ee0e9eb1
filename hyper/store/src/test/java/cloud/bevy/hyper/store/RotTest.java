package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bits that change on the disk after they were acknowledged.
final class RotTest {
  private static final int SEEDS = 150;
  private static final int APPENDS = 30;
  private static final int GROUPS = 6;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @Test
  void aBitThatFlipsInAnySegmentIsNeverServedAndAlwaysReported() {
    Seeds.forEach("rot", SEEDS, RotTest::play);
  }

  /// Whatever byte of a log is changed, no other block is lost with what it is in, though it be
  /// what names the core.
  @Test
  void aByteThatChangesTakesNothingElseWithIt(@TempDir Path folder) throws Exception {
    World world = RealWorld.create((level, sentence) -> {}); // hundreds of damages
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      StoredCore core = store.create(Model.id(1), new byte[0]);
      for (int index = 0; index < GROUPS; index++) {
        store.submit(new Batch().block(core, index, content(index))).await(DEADLINE);
      }
    }
    Path segment = new Layout(folder).segment(1);
    byte[] whole = Files.readAllBytes(segment);
    for (int at = Layout.SEGMENT_HEADER; at < whole.length; at++) {
      byte[] rotten = whole.clone();
      rotten[at] ^= 1;
      Files.write(segment, rotten);
      try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
        assertThat(lost(store.find(Model.id(1)).orElseThrow())).as("byte " + at).isLessThan(2);
      }
    }
  }

  private static int lost(StoredCore core) throws IOException {
    int lost = 0;
    for (int index = 0; index < GROUPS; index++) {
      if (core.block(index) instanceof BlockLookup.Found found) {
        assertThat(ByteBuffer.wrap(found.toArray())).isEqualTo(content(index));
        assertThat(ByteBuffer.wrap(sent(core.part(index).orElseThrow()))).isEqualTo(content(index));
      } else {
        assertThat(core.part(index)).as("what is damaged is not sent either").isEmpty();
        lost++;
      }
    }
    return lost;
  }

  private static byte[] sent(FilePart part) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (part) {
      long count = part.transferTo(0, part.size(), Channels.newChannel(out));
      assertThat(count).isEqualTo(part.size());
    }
    return out.toByteArray();
  }

  private static ByteBuffer content(int index) {
    return ByteBuffer.wrap(new byte[] {(byte) index, 1, 2, 3, 4, 5, 6, 7});
  }

  private static void play(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    Model model = new Model();
    machine.run(world -> fill(world, simulation.seed(), model));
    List<Path> segments = machine.world().disk().list(new Layout(Workload.DIRECTORY).segments());
    Path rotten = segments.get(simulation.chance().below(segments.size()));
    machine.disk().rot(new Layout(Workload.DIRECTORY).segments().resolve(rotten.getFileName()));
    machine.run(world -> look(world, model));
  }

  private static void fill(World world, long seed, Model model) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Store store = Store.open(world, Workload.DIRECTORY, Workload.TINY)) {
      for (int i = 0; i < APPENDS; i++) {
        Batch batch = new Batch();
        model.append(random, new Model.Target(store, batch, Model.id(random.nextInt(3))), 2, 200);
        store.submit(batch).await(Duration.ofMinutes(1));
      }
    }
  }

  private static void look(World world, Model model) {
    try (Store store = Store.open(world, Workload.DIRECTORY, Workload.TINY)) {
      boolean whole = true;
      for (CoreId id : model.cores.keySet()) {
        whole &= store.find(id).filter(core -> isWhole(core, model.cores.get(id))).isPresent();
      }
      assertThat(whole || store.statistics().damage() > 0).as("damage is reported").isTrue();
    } catch (StoreFault refused) {
      assertThat(refused.kind()).isEqualTo(StoreFault.Kind.DAMAGED);
    }
  }

  private static boolean isWhole(StoredCore core, Model.Expected expected) {
    boolean whole = core.head().equals(expected.head);
    for (long index = 0; index < expected.head.length(); index++) {
      switch (core.block(index)) {
        case BlockLookup.Found found ->
            assertThat(found.toArray()).isEqualTo(expected.blocks.get(index));
        case BlockLookup.Missing missing -> whole = false;
        case BlockLookup.Corrupt corrupt -> whole = false;
      }
    }
    for (TreeNode node : expected.nodes.values()) {
      var found = core.node(node.index());
      found.ifPresent(same -> assertThat(same).isEqualTo(node));
      whole &= found.isPresent();
    }
    return whole;
  }
}
