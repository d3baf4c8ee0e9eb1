package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.wire.MalformedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockMapTest {
  private static final int INPUTS = 50_000;

  @Test
  void mapsAreThoseOfHyperblobs() {
    List<BlockMap.Item> items =
        List.of(new BlockMap.Item(0, 4), new BlockMap.Item(1, 4), new BlockMap.Item(2, 4));
    assertThat(HexFormat.of().formatHex(BlockMap.write(items).getFirst()))
        .isEqualTo("0003000401040204");
  }

  @Test
  void aLongMapHasSeveralBlocks() throws MalformedException {
    List<BlockMap.Item> items =
        LongStream.range(0, BlockMap.BLOCK_ITEMS + 1L)
            .mapToObj(i -> new BlockMap.Item(i * 3, 65_536))
            .toList();
    List<byte[]> blocks = BlockMap.write(items);
    assertThat(blocks).hasSize(2);
    List<BlockMap.Item> read = new ArrayList<>();
    for (byte[] block : blocks) {
      read.addAll(BlockMap.read(block));
    }
    assertThat(read).isEqualTo(items);
  }

  @Test
  void nonsenseIsReadOrRefusedAndNothingElse() {
    Random random = new Random(1);
    byte[] good =
        BlockMap.write(LongStream.range(0, 20).mapToObj(i -> new BlockMap.Item(i, 300)).toList())
            .getFirst();
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      damaged[random.nextInt(3)] = (byte) random.nextInt();
      try {
        BlockMap.read(damaged);
      } catch (MalformedException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive().isLessThan(INPUTS);
  }

  @Test
  void aBlobWhoseMapIsNotOneIsRefused(@TempDir Path folder) throws Exception {
    try (DriveFixture fixture = new DriveFixture(folder)) {
      List<byte[]> blocks = new ArrayList<>();
      blocks.add("no map".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      blocks.addAll(BlockMap.write(List.of(new BlockMap.Item(0, 5))));
      blocks.addAll(BlockMap.write(List.of(new BlockMap.Item(99, 5))));
      DriveFixture.await(fixture.drive.content().append(blocks).ticket());
      refused(fixture, new BlobId(0, 1, 0, 6, true), DriveFault.Kind.MALFORMED);
      refused(fixture, new BlobId(1, 1, 6, 4, true), DriveFault.Kind.MALFORMED);
      refused(fixture, new BlobId(2, 1, 10, 4, true), DriveFault.Kind.MISSING);
      refused(fixture, new BlobId(0, 5000, 0, 6, true), DriveFault.Kind.MALFORMED);
      refused(fixture, new BlobId(0, 1, 0, 600, false), DriveFault.Kind.MALFORMED);
    }
  }

  private static void refused(DriveFixture fixture, BlobId blob, DriveFault.Kind kind) {
    assertThatThrownBy(() -> fixture.read(blob))
        .isInstanceOfSatisfying(
            DriveFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }
}
