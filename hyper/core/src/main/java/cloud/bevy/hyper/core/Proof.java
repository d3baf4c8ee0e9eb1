package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What convinces a reader who trusts only a core's signers: a block or a node and the way from it
/// to what the reader knows, and perhaps a signed longer tree.
///
/// @param fork of the core that it was made from
public record Proof(
    long fork,
    Optional<Block> block,
    Optional<Hash> hash,
    Optional<Seek> seek,
    Optional<Upgrade> upgrade) {

  /// A block, and the nodes beside its way upwards.
  ///
  /// @param bytes the block between position and limit, which nobody changes
  public record Block(long index, ByteBuffer bytes, List<TreeNode> nodes) {
    /// A block that is in an array, which is not copied.
    public Block(long index, byte[] value, List<TreeNode> nodes) {
      this(index, ByteBuffer.wrap(value), nodes);
    }

    /// How many bytes the block has.
    public int size() {
      return bytes.remaining();
    }
  }

  /// A node, and the nodes beside its way upwards; the node itself comes first.
  public record Hash(long index, List<TreeNode> nodes) {}

  /// The node that holds a byte, and the nodes beside its way upwards.
  public record Seek(long bytes, List<TreeNode> nodes) {}

  /// What makes a tree of `start` blocks one of `start + length`.
  ///
  /// @param additional what makes it the tree that was signed, where that is longer still
  /// @param signature empty where the tree is a prologue
  public record Upgrade(
      long start, long length, List<TreeNode> nodes, List<TreeNode> additional, byte[] signature) {}

  /// What a reader asks for. Of `block` and `hash` one at most.
  public record Request(
      Optional<Wanted> block,
      Optional<Wanted> hash,
      Optional<Spot> seek,
      Optional<Range> upgrade) {}

  /// Where a block (by its number) or a node (by its tree index) is wanted.
  ///
  /// @param nodes how many levels above it the reader does not know yet
  public record Wanted(long index, long nodes) {}

  /// Which byte is looked for.
  ///
  /// @param padding bytes at the start of each block that do not count
  public record Spot(long bytes, long padding) {}

  /// From which length, and by how many blocks, the reader's tree is to grow.
  public record Range(long start, long length) {}

  /// Whether nothing is proved: the message has a manifest only.
  public boolean empty() {
    return block.isEmpty() && hash.isEmpty() && seek.isEmpty() && upgrade.isEmpty();
  }

  /// About how many bytes a node takes.
  private static final int NODE_BYTES = 48;

  private static final int BLOCK = 1;
  private static final int HASH = 2;
  private static final int SEEK = 4;
  private static final int UPGRADE = 8;
  private static final int MANIFEST = 16;

  /// The message that answers request number `request` on the wire, in parts, of which one is the
  /// block's own bytes: nothing large is copied.
  public ByteBuffer[] parts(long request, Optional<Manifest> manifest) {
    if (block.isEmpty()) {
      return new ByteBuffer[] {ByteBuffer.wrap(withoutBlock(request, manifest))};
    }
    Block it = block.get();
    Encoder head = new Encoder(32);
    head.uint(flags() | (manifest.isPresent() ? MANIFEST : 0)).uint(request).uint(fork);
    head.uint(it.index).uint(it.size());
    Encoder tail = nodes(new Encoder(16 + NODE_BYTES * it.nodes.size()), it.nodes);
    writeBehindBlock(tail, manifest);
    return new ByteBuffer[] {
      ByteBuffer.wrap(head.bytes()), it.bytes.duplicate(), ByteBuffer.wrap(tail.bytes())
    };
  }

  /// The same message in one piece.
  public byte[] message(long request, Optional<Manifest> manifest) {
    ByteBuffer[] parts = parts(request, manifest);
    ByteBuffer whole =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum());
    for (ByteBuffer part : parts) {
      whole.put(part);
    }
    return whole.array();
  }

  private byte[] withoutBlock(long request, Optional<Manifest> manifest) {
    Encoder to = new Encoder(256);
    to.uint(flags() | (manifest.isPresent() ? MANIFEST : 0)).uint(request).uint(fork);
    writeBehindBlock(to, manifest);
    return to.bytes();
  }

  private void writeBehindBlock(Encoder to, Optional<Manifest> manifest) {
    hash.ifPresent(it -> nodes(to.uint(it.index), it.nodes));
    seek.ifPresent(it -> nodes(to.uint(it.bytes), it.nodes));
    upgrade.ifPresent(it -> write(to, it));
    manifest.ifPresent(it -> ManifestCodec.write(to, it));
  }

  /// A message that was read.
  public record Message(long request, Proof proof, Optional<Manifest> manifest) {}

  /// Reads a message.
  public static Message read(Decoder from) throws MalformedException {
    long flags = from.uint();
    long request = from.uint();
    long fork = from.uint();
    Proof proof =
        new Proof(
            fork,
            has(flags, BLOCK) ? Optional.of(readBlock(from)) : Optional.empty(),
            has(flags, HASH) ? Optional.of(readHash(from)) : Optional.empty(),
            has(flags, SEEK) ? Optional.of(readSeek(from)) : Optional.empty(),
            has(flags, UPGRADE) ? Optional.of(readUpgrade(from)) : Optional.empty());
    Optional<Manifest> manifest =
        has(flags, MANIFEST) ? Optional.of(ManifestCodec.read(from)) : Optional.empty();
    return new Message(request, proof, manifest);
  }

  private int flags() {
    return (block.isPresent() ? BLOCK : 0)
        | (hash.isPresent() ? HASH : 0)
        | (seek.isPresent() ? SEEK : 0)
        | (upgrade.isPresent() ? UPGRADE : 0);
  }

  private static boolean has(long flags, int flag) {
    return (flags & flag) != 0;
  }

  private static void write(Encoder to, Upgrade it) {
    nodes(nodes(to.uint(it.start).uint(it.length), it.nodes), it.additional).buffer(it.signature);
  }

  private static Encoder nodes(Encoder to, List<TreeNode> nodes) {
    return to.array(nodes, Nodes::write);
  }

  private static Block readBlock(Decoder from) throws MalformedException {
    return new Block(from.uint(), from.part(), from.array(Nodes::read));
  }

  private static Hash readHash(Decoder from) throws MalformedException {
    return new Hash(from.uint(), from.array(Nodes::read));
  }

  private static Seek readSeek(Decoder from) throws MalformedException {
    return new Seek(from.uint(), from.array(Nodes::read));
  }

  private static Upgrade readUpgrade(Decoder from) throws MalformedException {
    return new Upgrade(
        from.uint(), from.uint(), from.array(Nodes::read), from.array(Nodes::read), from.buffer());
  }
}
