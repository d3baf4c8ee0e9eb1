package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.store.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The golden bytes that were made with the JavaScript packages, and the blocks they were made of.
final class Golden {
  private static final int[] SIZES = {5, 0, 11, 100, 1, 1024, 7, 32, 64, 65, 3, 9, 200};

  private Golden() {}

  static JsonNode crypto() {
    return read("/crypto.json");
  }

  static JsonNode hypercore() {
    return read("/hypercore.json");
  }

  static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText());
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// The key pair of the seed that has 32 bytes of `number`.
  static KeyPair pair(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return KeyPair.fromSeed(seed);
  }

  static byte[] block(int index) {
    byte[] block = new byte[SIZES[index % SIZES.length]];
    for (int at = 0; at < block.length; at++) {
      block[at] = (byte) (index * 31 + at * 7);
    }
    return block;
  }

  static List<byte[]> blocks(int from, int to) {
    List<byte[]> blocks = new ArrayList<>();
    for (int index = from; index < to; index++) {
      blocks.add(block(index));
    }
    return blocks;
  }

  static MerkleTree tree(int length) {
    MerkleTree tree = new MerkleTree();
    blocks(0, length).forEach(block -> tree.append(block, _ -> {}));
    return tree;
  }

  static TreeNode node(JsonNode it) {
    return new TreeNode(it.get("index").asLong(), it.get("size").asLong(), bytes(it.get("hash")));
  }

  static List<TreeNode> nodes(JsonNode array) {
    return array.valueStream().map(Golden::node).toList();
  }

  private static JsonNode read(String name) {
    try (InputStream in = Golden.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
