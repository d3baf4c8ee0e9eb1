package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The list of the blocks that make up a blob, where they do not follow one another: hyperblobs'
/// `lib/block-map.js`. It is stored in blocks of its own, each with as many items as JavaScript
/// puts there.
final class BlockMap {
  /// How many items a block has at most.
  static final int BLOCK_ITEMS = 8192;

  /// How many blocks a map has at most. JavaScript reads maps of 64 blocks, which is 32 GiB.
  static final int MAX_BLOCKS = 1024;

  private static final int VERSION = 0;
  private static final int ITEM_BYTES = 8;

  private BlockMap() {}

  /// A block of the blob.
  ///
  /// @param index in the core
  /// @param byteLength how many bytes it has
  record Item(long index, long byteLength) {}

  static List<byte[]> write(List<Item> items) {
    if (items.size() > (long) MAX_BLOCKS * BLOCK_ITEMS) {
      throw new IllegalArgumentException(
          "a blob of %d blocks: the limit is %d"
              .formatted(items.size(), (long) MAX_BLOCKS * BLOCK_ITEMS));
    }
    List<byte[]> blocks = new ArrayList<>();
    for (int at = 0; at < items.size(); at += BLOCK_ITEMS) {
      blocks.add(block(items.subList(at, Math.min(items.size(), at + BLOCK_ITEMS))));
    }
    return blocks;
  }

  private static byte[] block(List<Item> items) {
    Encoder encoder = new Encoder(ITEM_BYTES * items.size() + ITEM_BYTES);
    encoder.uint(VERSION).uint(items.size());
    for (Item item : items) {
      encoder.uint(item.index).uint(item.byteLength);
    }
    return encoder.bytes();
  }

  /// The items of one block.
  static List<Item> read(byte[] block) throws MalformedException {
    return Decoder.whole(block, BlockMap::read);
  }

  private static List<Item> read(Decoder decoder) throws MalformedException {
    if (decoder.uint() != VERSION) {
      throw new MalformedException("a block map is of an unknown version");
    }
    return decoder.array(it -> new Item(it.uint(), it.uint()));
  }
}
