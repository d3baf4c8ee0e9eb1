package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.hyper.store.TreeNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Changes to a core that go to the store together, under one signature: perhaps a truncation, then
/// perhaps blocks. Guarded by the tail that holds it.
final class Round {
  /// What a block costs beside its bytes.
  private static final int OVERHEAD = 128;

  private final List<byte[]> blocks = new ArrayList<>();
  private final List<TreeNode> nodes = new ArrayList<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();
  private final CompletableFuture<Ticket> submitted = new CompletableFuture<>();
  private final Map<Round, Handover> earlier = new LinkedHashMap<>();
  private long base;
  private Optional<Head> cut = Optional.empty();
  private long weight;
  private boolean wanted;

  private List<Extent> accepted = List.of();

  /// @param base length of the core before the round
  Round(long base) {
    this.base = base;
  }

  /// What was proved by others, which is not kept here.
  ///
  /// @param cut where the core is cut before, if it is
  /// @param extents which blocks are new
  static Round accepting(Optional<Head> cut, List<Extent> extents) {
    Round round = new Round(0);
    round.cut = cut;
    round.accepted = extents;
    return round;
  }

  /// The end of a core.
  static Round dropping() {
    return accepting(Optional.of(Head.empty()), List.of());
  }

  /// Which blocks are there with the round that were not there before.
  List<Extent> extents() {
    return blocks.isEmpty() ? accepted : List.of(new Extent(base, base + blocks.size()));
  }

  void add(byte[] block) {
    blocks.add(block);
    weight += block.length + OVERHEAD;
  }

  void add(TreeNode node) {
    nodes.add(node);
  }

  /// Cuts the core, and what this round would have added to it.
  ///
  /// @param head where the core ends then; shorter than it was when the round began, or the blocks
  ///   of the round are cut only
  void cut(Head head) {
    long length = head.length();
    if (length < base) {
      base = length;
      cut = Optional.of(head);
    }
    blocks.subList((int) Math.min(length - base, blocks.size()), blocks.size()).clear();
    nodes.removeIf(node -> FlatTree.rightSpan(node.index()) >= 2 * length);
    weight += OVERHEAD;
  }

  /// Index of the first block.
  long base() {
    return base;
  }

  /// Where the core is cut before the blocks are added, if it is.
  Optional<Head> cut() {
    return cut;
  }

  List<byte[]> blocks() {
    return blocks;
  }

  List<TreeNode> nodes() {
    return nodes;
  }

  /// Roughly the memory it takes.
  long weight() {
    return weight;
  }

  /// Lets the round be stored only where those were.
  void behind(List<Handover> others) {
    others.forEach(other -> earlier.put(other.round(), other));
  }

  /// What must be stored before, one of each other round.
  Collection<Handover> earlier() {
    return earlier.values();
  }

  /// Has the round handed over as soon as it may be. Otherwise it waits until something that is
  /// behind it is.
  void want() {
    wanted = true;
  }

  boolean wanted() {
    return wanted;
  }

  /// Ends when the store has the round, with its claim.
  CompletableFuture<Ticket> submitted() {
    return submitted;
  }

  /// Tells all who wait that the round is lost.
  void fail(Throwable cause) {
    submitted.completeExceptionally(cause);
    durable.completeExceptionally(cause);
  }

  /// Ends when the round is durable, or with the fault that kept it from it.
  CompletableFuture<Void> durable() {
    return durable;
  }
}
