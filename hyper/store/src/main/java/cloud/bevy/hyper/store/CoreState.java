package cloud.bevy.hyper.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A core that is awake: what is durable of it, and what lies over that. One object for each name,
/// however often the core of that name is dropped and begins again. Guarded by the store's lock;
/// what is durable is changed only by the task that writes.
final class CoreState {
  final CoreId id;
  final Sequence blocks;
  final Sequence nodes;

  /// The durable header; none where the core does not exist.
  byte @Nullable [] header;

  /// The durable head.
  Head head = Head.empty();

  /// Whether the durable head was met damaged and none came after it.
  boolean headLost;

  /// What the core is called in the active segment; zero where it has no name there.
  int local;

  /// Where in the active segment the latest frame is that names it, how many there are, and whether
  /// the core began there.
  long namedAt;

  int namings;
  boolean began;

  /// The layer of the group that waits, over that of the group being written.
  @Nullable Layer queued;

  @Nullable Layer writing;

  /// Whether the latest checkpoint knows less than this.
  boolean dirty;

  /// Whether somebody used it since it was last looked at for eviction.
  boolean used;

  /// Whether it was evicted: whoever holds it looks the core up again.
  volatile boolean asleep;

  /// Whether it stands in the queue of those that could sleep.
  boolean resting;

  /// How many need it to stay awake.
  int pins;

  /// How often the core was dropped.
  int drops;

  /// When a batch that changed it last failed; zero if never.
  long failedAt;

  CoreState(CoreId id, Ledger ledger) {
    this.id = id;
    this.blocks = new Sequence(ledger);
    this.nodes = new Sequence(ledger);
  }

  /// Whether the core exists, counting what is not yet durable.
  boolean exists() {
    return latestHeader() != null;
  }

  /// What lies over what is durable, topmost first.
  List<Layer> layers() {
    Layer top = queued;
    Layer bottom = writing;
    if (top == null) {
      return bottom == null ? List.of() : List.of(bottom);
    }
    return bottom == null ? List.of(top) : List.of(top, bottom);
  }

  /// The head, counting what is not yet durable.
  Head latestHead() {
    for (Layer layer : layers()) {
      if (layer.head != null) {
        return layer.head;
      }
      if (layer.dropped) {
        return Head.empty();
      }
    }
    return head;
  }

  /// The header, counting what is not yet durable; none where the core does not exist.
  byte @Nullable [] latestHeader() {
    for (Layer layer : layers()) {
      if (layer.header != null) {
        return layer.header;
      }
      if (layer.dropped) {
        return null;
      }
    }
    return header;
  }

  /// The group that waited is being written.
  void startWriting() {
    writing = queued;
    queued = null;
  }

  /// Whether nothing would be lost by forgetting it.
  boolean canSleep() {
    return !dirty && pins == 0 && queued == null && writing == null && failedAt == 0;
  }

  /// Starts from what a checkpoint says.
  void load(CoreRecord record) {
    header = record.header();
    head = record.head();
    headLost = record.headLost();
    blocks.load(record.blocks());
    nodes.load(record.nodes());
  }

  /// Makes a head durable; one that is shorter cuts.
  void setHead(Head next) {
    if (next.length() < head.length()) {
      blocks.remove(next.length(), Long.MAX_VALUE);
      nodes.remove(TreeNode.completedBy(next.length()), Long.MAX_VALUE);
    }
    head = next;
    headLost = false;
  }

  /// Makes it durable that the core is gone.
  void drop() {
    blocks.remove(0, Long.MAX_VALUE);
    nodes.remove(0, Long.MAX_VALUE);
    header = null;
    head = Head.empty();
    headLost = false;
    local = 0;
    namedAt = 0;
    namings = 0;
  }
}
