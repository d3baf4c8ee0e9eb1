package cloud.bevy.testing.peers;

import java.util.ArrayList;
import java.util.List;

/// Bytes that both sides can make: `lib/content.mjs` makes the same.
public final class Content {
  private Content() {}

  /// The bytes of one block.
  ///
  /// @param seed of the whole
  /// @param index of the block in it
  /// @param size in bytes
  public static byte[] block(int seed, int index, int size) {
    byte[] bytes = new byte[size];
    int state = index * 0x9e3779b1 + seed;
    for (int at = 0; at < size; at++) {
      if (at % 4 == 0) {
        state = state * 1664525 + 1013904223;
      }
      bytes[at] = (byte) (state >>> (8 * (at % 4)));
    }
    return bytes;
  }

  /// The blocks from `from` up to but not including `to`.
  public static List<byte[]> blocks(int seed, int from, int to, int size) {
    List<byte[]> blocks = new ArrayList<>();
    for (int index = from; index < to; index++) {
      blocks.add(block(seed, index, size));
    }
    return blocks;
  }
}
