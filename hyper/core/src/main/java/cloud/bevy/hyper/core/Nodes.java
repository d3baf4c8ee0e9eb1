package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;

/// How tree nodes are written: index, size, hash.
final class Nodes {
  private static final long LARGEST_INDEX = 1L << 53;

  private Nodes() {}

  static void write(Encoder encoder, TreeNode node) {
    encoder.uint(node.index()).uint(node.size()).fixed(node.hash(), TreeNode.HASH_BYTES);
  }

  static TreeNode read(Decoder decoder) throws MalformedException {
    long index = decoder.uint();
    long size = decoder.uint();
    if (index >= LARGEST_INDEX || size > ProofCheck.MOST_BYTES) {
      throw new MalformedException("a tree node's index or size is out of range");
    }
    return new TreeNode(index, size, decoder.fixed(TreeNode.HASH_BYTES));
  }
}
