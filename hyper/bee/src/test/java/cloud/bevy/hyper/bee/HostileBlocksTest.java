package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Blocks that somebody else made, and not in good faith.
final class HostileBlocksTest {
  private static final int INPUTS = 50_000;
  private static final byte[] KEY = "k".getBytes(UTF_8);
  private static final List<byte[]> GOOD = goodBlocks();
  private static final MemoryBlocks OLDER = new MemoryBlocks(GOOD.subList(0, 31));

  @Test
  void nonsenseIsReadOrRefusedAndNothingElse() {
    Random random = new Random(1);
    List<byte[]> good = GOOD;
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      List<byte[]> blocks = new ArrayList<>(good);
      int victims = 1 + random.nextInt(3);
      for (int v = 0; v < victims; v++) {
        int at = random.nextInt(3) == 0 ? good.size() - 1 : random.nextInt(good.size());
        blocks.set(at, damage(random, good.get(at)));
      }
      refused += refuses(new MemoryBlocks(blocks), random) ? 1 : 0;
    }
    assertThat(refused).isBetween(INPUTS / 4, INPUTS - 1);
  }

  private static List<byte[]> goodBlocks() {
    MemoryBlocks blocks = new MemoryBlocks();
    for (int i = 0; i < 12; i++) {
      WriteTree tree = blocks.write();
      for (int j = 0; j < 5; j++) {
        tree.put(("key" + (i * 37 + j * 11) % 50).getBytes(UTF_8), new byte[i]);
      }
      blocks.append(tree);
    }
    return blocks.encoded();
  }

  private static byte[] damage(Random random, byte[] block) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(block, random.nextInt(block.length));
      case 1 -> {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        yield noise;
      }
      default -> {
        byte[] changed = block.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        yield changed;
      }
    };
  }

  /// Does all that a reader and a writer do.
  private static boolean refuses(MemoryBlocks blocks, Random random) {
    try {
      byte[] key = ("key" + random.nextInt(50)).getBytes(UTF_8);
      Page.find(blocks.root(), key, blocks);
      new TreeCursor(blocks, Range.all()).forEachRemaining(_ -> {});
      new TreeCursor(blocks, Range.all().reverse().lt(key)).forEachRemaining(_ -> {});
      new Differences(OLDER, blocks, Range.all()).forEachRemaining(_ -> {});
      new TreeCheck(blocks).check(blocks.root());
      WriteTree tree = blocks.write();
      tree.put(key, KEY);
      tree.delete(("key" + random.nextInt(50)).getBytes(UTF_8));
      tree.encode();
      return false;
    } catch (BeeFault fault) {
      assertThat(fault.kind()).isEqualTo(BeeFault.Kind.MALFORMED);
      return true;
    }
  }

  @Test
  void aTreeThatContainsItselfIsRefused() {
    // One node, whose key is its own block's and whose children are the node itself.
    MemoryBlocks blocks = blocks(level(new long[] {1}, new long[] {1, 0, 1, 0}));
    assertMalformed(() -> Page.find(blocks.root(), "a".getBytes(UTF_8), blocks));
    assertMalformed(() -> new TreeCursor(blocks, Range.all()).forEachRemaining(_ -> {}));
    assertMalformed(() -> blocks.write().put("a".getBytes(UTF_8), KEY));
    assertMalformed(() -> blocks.write().delete(KEY));
    assertThat(new TreeCheck(blocks).check(blocks.root()).sound()).isFalse();
  }

  @Test
  void aChainOfNodesWithoutKeysIsRefusedWhenItIsTooDeep() {
    MemoryBlocks blocks = blocks(level(new long[0], new long[] {1, 0}));
    assertMalformed(() -> new TreeCursor(blocks, Range.all()).forEachRemaining(_ -> {}));
  }

  @Test
  void keysOutOfOrderAreRefused() {
    MemoryBlocks blocks = blocks(level(new long[] {1, 1}, new long[0]));
    assertMalformed(() -> new TreeCursor(blocks, Range.all()).forEachRemaining(_ -> {}));
  }

  @Test
  void referencesBeyondTheVersionAreRefused() {
    assertMalformed(() ->
        Page.find(
            blocks(level(new long[] {2}, new long[0])).root(),
            KEY,
            blocks(level(new long[] {2}, new long[0]))));
    MemoryBlocks blocks = blocks(level(new long[] {1}, new long[] {1, 7, 1, 7}));
    assertMalformed(() -> Page.find(blocks.root(), "a".getBytes(UTF_8), blocks));
    MemoryBlocks header = blocks(level(new long[] {0}, new long[0]));
    assertMalformed(() -> Page.find(header.root(), KEY, header));
  }

  @Test
  void aNodeMayHaveAsManyKeysAsTheLimitAndNotOneMore() throws MalformedException {
    byte[] most = level(new long[BlockCodec.MAX_KEYS], new long[0]);
    byte[] more = level(new long[BlockCodec.MAX_KEYS + 1], new long[0]);
    Block block = new Block(1, KEY, new Block.Value.None(), most);
    assertThat(BlockCodec.readPages(block, most)[0].size()).isEqualTo(BlockCodec.MAX_KEYS);
    assertThatThrownBy(() -> BlockCodec.readPages(block, more))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aBlockMayHaveAsManyNodesAsTheLimitAndNotOneMore() throws MalformedException {
    Block block = new Block(1, KEY, new Block.Value.None(), new byte[0]);
    byte[] most = levels(BlockCodec.MAX_PAGES);
    assertThat(BlockCodec.readPages(block, most)).hasSize(BlockCodec.MAX_PAGES);
    assertThatThrownBy(() -> BlockCodec.readPages(block, levels(BlockCodec.MAX_PAGES + 1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsAllocatedForThem() {
    byte[] huge = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1};
    assertThatThrownBy(() -> BlockCodec.read(1, ByteBuffer.wrap(huge)))
        .isInstanceOf(MalformedException.class);
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xff);
    assertThatThrownBy(() -> BlockCodec.read(1, ByteBuffer.wrap(endless)))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] levels(int count) {
    byte[] levels = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      levels[2 * i] = 0x0a;
    }
    return levels;
  }

  private static MemoryBlocks blocks(byte[] index) {
    return new MemoryBlocks(
        List.of(BeeHeader.PLAIN.write(), BlockCodec.write(index, KEY, "v".getBytes(UTF_8))));
  }

  /// An index with one level.
  private static byte[] level(long[] keys, long[] children) {
    int keySize = Arrays.stream(keys).mapToInt(ProtobufWriter::size).sum();
    int childSize = Arrays.stream(children).mapToInt(ProtobufWriter::size).sum();
    int size = ProtobufWriter.fieldSize(keySize) + ProtobufWriter.fieldSize(childSize);
    ProtobufWriter writer = new ProtobufWriter(ProtobufWriter.fieldSize(size));
    writer.field(1, size).field(1, keySize);
    Arrays.stream(keys).forEach(writer::number);
    writer.field(2, childSize);
    Arrays.stream(children).forEach(writer::number);
    return writer.finish();
  }

  private static void assertMalformed(Runnable reading) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            BeeFault.class, fault -> assertThat(fault.kind()).isEqualTo(BeeFault.Kind.MALFORMED));
  }
}
