package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.core.Proof.Range;
import cloud.bevy.hyper.core.Proof.Request;
import cloud.bevy.hyper.core.Proof.Spot;
import cloud.bevy.hyper.core.Proof.Wanted;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes proofs from one state of a core: the proof production of hypercore's `lib/merkle-tree.js`.
/// Makes one proof, then is done.
final class Prover {
  private final StoredCore core;
  private final Head head;
  private final ServedNodes served;
  private Optional<List<TreeNode>> nodes = Optional.empty();
  private Optional<List<TreeNode>> seek = Optional.empty();

  /// @param served nodes of the core's era that were read before
  Prover(StoredCore core, Head head, ServedNodes served) {
    this.core = core;
    this.head = head;
    this.served = served;
  }

  /// Answers a request.
  ///
  /// @throws MalformedException where the request makes no sense for this core, or what it asks for
  ///   is not there
  Proof prove(Request request, Optional<Prologue> prologue) throws MalformedException {
    Optional<Range> range = request.upgrade().map(it -> widened(it, prologue));
    long from = range.map(Range::start).orElse(0L);
    long to = range.map(it -> it.start() + it.length()).orElse(head.length());
    Optional<Target> target = target(request);
    check(request, target, from, to);
    long subTree = 2 * head.length();
    if (target.isPresent() && (range.isEmpty() || target.get().last() < from)) {
      subTree = ancestor(target.get().index(), target.get().levels(), to);
      climb(target, seekBelow(request.seek(), subTree), subTree);
    } else if (range.isPresent() && (target.isPresent() || request.seek().isPresent())) {
      subTree =
          request.seek().isPresent()
              ? seekFrom(to, request.seek().get())
              : target.orElseThrow().index();
    }
    Optional<Proof.Upgrade> upgrade =
        range.isEmpty() ? Optional.empty() : Optional.of(upgrade(range.get(), target, subTree));
    return proof(request, upgrade);
  }

  /// The node that is asked for.
  ///
  /// @param last number of the last block below it
  /// @param levels how far to climb
  /// @param leafIsSent whether the reader makes the node itself, from the block
  private record Target(long index, long last, long levels, boolean leafIsSent) {}

  private static Optional<Target> target(Request request) {
    if (request.block().isPresent()) {
      Wanted wanted = request.block().get();
      return Optional.of(new Target(2 * wanted.index(), wanted.index(), wanted.nodes(), true));
    }
    return request
        .hash()
        .map(wanted ->
            new Target(
                wanted.index(), FlatTree.rightSpan(wanted.index()) / 2, wanted.nodes(), false));
  }

  private void check(Request request, Optional<Target> target, long from, long to)
      throws MalformedException {
    if (from < 0 || from >= to || to > head.length()) {
      throw new MalformedException("no such upgrade of a core of " + head.length() + " blocks");
    }
    if (target.isPresent() && (target.get().index() < 0 || target.get().last() >= to)) {
      throw new MalformedException("what is asked for lies beyond the core");
    }
    if (request.upgrade().isPresent()
        && request.seek().isPresent()
        && target.filter(it -> it.index() >= 2 * from).isPresent()) {
      throw new MalformedException("a seek and a block beyond the reader's tree exclude another");
    }
  }

  private static Range widened(Range asked, Optional<Prologue> prologue) {
    return prologue
        .filter(it -> asked.start() < it.length())
        .map(it -> new Range(0, it.length()))
        .orElse(asked);
  }

  private Proof proof(Request request, Optional<Proof.Upgrade> upgrade) throws MalformedException {
    Optional<Proof.Block> block = Optional.empty();
    Optional<Proof.Hash> hash = Optional.empty();
    if (request.block().isPresent()) {
      long index = request.block().get().index();
      block = Optional.of(new Proof.Block(index, value(index), nodes.orElseThrow()));
    } else if (request.hash().isPresent()) {
      hash = Optional.of(new Proof.Hash(request.hash().get().index(), nodes.orElseThrow()));
    }
    Optional<Proof.Seek> sought =
        request.seek().flatMap(it -> seek.map(found -> new Proof.Seek(it.bytes(), found)));
    return new Proof(head.fork(), block, hash, sought, upgrade);
  }

  private Proof.Upgrade upgrade(Range range, Optional<Target> target, long subTree)
      throws MalformedException {
    long to = range.start() + range.length();
    List<TreeNode> added = new ArrayList<>();
    for (long index : FlatTree.cover(range.start(), to)) {
      boolean here = FlatTree.contains(index, subTree) && nodes.isEmpty() && seek.isEmpty();
      if (here) {
        climb(target, Optional.of(subTree), index);
      } else {
        added.add(node(index));
      }
    }
    List<TreeNode> additional = new ArrayList<>();
    for (long index : FlatTree.cover(to, head.length())) {
      additional.add(node(index));
    }
    return new Proof.Upgrade(range.start(), range.length(), added, additional, head.signature());
  }

  /// Collects what leads from the target up to `root`, with the way to `seekRoot` where that
  /// branches off.
  private void climb(Optional<Target> target, Optional<Long> seekRoot, long root)
      throws MalformedException {
    if (target.isEmpty()) {
      climbToSeek(seekRoot.orElseThrow(), root);
      return;
    }
    List<TreeNode> collected = new ArrayList<>();
    long at = target.get().index();
    if (!target.get().leafIsSent()) {
      collected.add(node(at));
    }
    for (; at != root; at = FlatTree.parent(at)) {
      long sibling = FlatTree.sibling(at);
      boolean branch =
          seekRoot.filter(it -> it != sibling && FlatTree.contains(sibling, it)).isPresent();
      if (branch) {
        climbToSeek(seekRoot.orElseThrow(), sibling);
      } else {
        collected.add(node(sibling));
      }
    }
    nodes = Optional.of(collected);
  }

  private void climbToSeek(long seekRoot, long root) throws MalformedException {
    List<TreeNode> collected = new ArrayList<>();
    collected.add(node(seekRoot));
    for (long at = seekRoot; at != root; at = FlatTree.parent(at)) {
      collected.add(node(FlatTree.sibling(at)));
    }
    seek = Optional.of(collected);
  }

  private static long ancestor(long index, long levels, long length) throws MalformedException {
    long at = index;
    for (long level = 0; level < levels; level++) {
      at = FlatTree.parent(at);
      if (FlatTree.contains(at, 2 * length)) {
        throw new MalformedException("more levels are asked for than the tree has");
      }
    }
    return at;
  }

  /// The node below `root` that holds the byte.
  private Optional<Long> seekBelow(Optional<Spot> wanted, long root) throws MalformedException {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Spot spot = wanted.get();
    long offset = -spot.padding() * (FlatTree.leftSpan(root) / 2);
    for (long index : FlatTree.fullRoots(FlatTree.leftSpan(root) / 2)) {
      offset += node(index).size();
    }
    if (offset > spot.bytes() || spot.bytes() - offset >= unpadded(root, spot)) {
      throw new MalformedException("the byte that is sought is not there");
    }
    return Optional.of(seekWithin(root, spot.bytes() - offset, spot));
  }

  /// The node below one of the roots of a tree of `length` blocks that holds the byte.
  private long seekFrom(long length, Spot spot) throws MalformedException {
    long bytes = spot.bytes();
    for (long root : FlatTree.fullRoots(length)) {
      long size = unpadded(root, spot);
      if (bytes <= size) {
        return bytes == size ? root : seekWithin(root, bytes, spot);
      }
      bytes -= size;
    }
    return 2 * length;
  }

  private long seekWithin(long root, long bytes, Spot spot) throws MalformedException {
    long rest = bytes;
    long at = root;
    while (rest > 0 && FlatTree.depth(at) > 0) {
      long left = FlatTree.leftChild(at);
      if (find(left).isEmpty()) {
        return at; // of a core that is not all here, that is as near as one can get
      }
      long size = unpadded(left, spot);
      if (size == rest) {
        return left;
      }
      at = size > rest ? left : FlatTree.sibling(left);
      rest -= size > rest ? 0 : size;
    }
    return at;
  }

  private long unpadded(long index, Spot spot) throws MalformedException {
    return node(index).size() - spot.padding() * FlatTree.leaves(index);
  }

  private TreeNode node(long index) throws MalformedException {
    return find(index)
        .orElseThrow(() -> new MalformedException("tree node " + index + " is not here"));
  }

  private Optional<TreeNode> find(long index) {
    TreeNode near = served.find(index);
    if (near != null) {
      return Optional.of(near);
    }
    Optional<TreeNode> node = core.node(index);
    node.ifPresent(served::keep);
    return node;
  }

  private ByteBuffer value(long index) throws MalformedException {
    if (core.block(index) instanceof BlockLookup.Found found) {
      return found.bytes();
    }
    throw new MalformedException("block " + index + " is not here");
  }
}
