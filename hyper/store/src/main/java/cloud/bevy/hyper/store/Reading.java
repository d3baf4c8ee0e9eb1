package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.FilePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers what a core holds: first from what is queued, then from the active segment, then from
/// the sealed ones. The lock is held only to find out where to look.
final class Reading {
  /// How often a lookup starts again because the segment it was led to has just been reclaimed.
  private static final int ATTEMPTS = 4;

  private final Ground ground;
  private final Cores cores;
  private final Committer committer;
  private final Locator locator;

  /// What memory alone says about a block or node.
  private sealed interface Memory<T> {
    /// It is here.
    record Here<T>(T value) implements Memory<T> {}

    /// It is not there, whatever the disk has.
    record Nowhere<T>() implements Memory<T> {}

    /// The disk knows, in the active segment or in one of the runs.
    record Below<T>(Locator.@Nullable Spot active, List<Run> runs) implements Memory<T> {}
  }

  /// What is asked about a core, under the lock; of none where the core does not exist.
  private interface Question<T> {
    T of(@Nullable CoreState state);
  }

  Reading(Ground ground, Cores cores, Committer committer) {
    this.ground = ground;
    this.cores = cores;
    this.committer = committer;
    this.locator = new Locator(ground);
  }

  /// Forgets what was read ahead.
  void rest() {
    locator.rest();
  }

  Head head(StoredCore core) {
    return ask(core, state -> state == null ? Head.empty() : state.latestHead());
  }

  BlockLookup block(StoredCore core, long index) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      BlockLookup found =
          switch (ask(core, state -> block(state, index))) {
            case Memory.Here<ByteBuffer> here -> new BlockLookup.Found(here.value());
            case Memory.Nowhere<ByteBuffer> nowhere -> new BlockLookup.Missing(index);
            case Memory.Below<ByteBuffer> below -> read(below, Frame.BLOCK, index, index);
          };
      if (found != null) {
        return found;
      }
    }
    return gone(core, index);
  }

  /// A block where it stands on the disk.
  Optional<FilePart> part(StoredCore core, long index) {
    if (!(ask(core, state -> block(state, index)) instanceof Memory.Below<ByteBuffer> below)) {
      return Optional.empty();
    }
    try {
      Locator.Spot spot =
          below.active == null ? locator.locate(below.runs, Frame.BLOCK, index) : below.active;
      return spot == null ? Optional.empty() : Optional.ofNullable(locator.part(spot, index));
    } catch (IOException e) {
      return Optional.empty(); // reading it says what is wrong, or finds it elsewhere
    }
  }

  Optional<TreeNode> node(StoredCore core, long index) {
    long position = TreeNode.position(index);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      switch (ask(core, state -> node(state, position))) {
        case Memory.Here<TreeNode> here -> {
          return Optional.of(here.value());
        }
        case Memory.Nowhere<TreeNode> nowhere -> {
          return Optional.empty();
        }
        case Memory.Below<TreeNode> below -> {
          BlockLookup found = read(below, Frame.NODE, position, index);
          if (found != null) {
            return node(index, found);
          }
        }
      }
    }
    gone(core, index);
    return Optional.empty();
  }

  boolean has(StoredCore core, long index) {
    return switch (ask(core, state -> block(state, index))) {
      case Memory.Here<ByteBuffer> here -> true;
      case Memory.Nowhere<ByteBuffer> nowhere -> false;
      case Memory.Below<ByteBuffer> below ->
          below.active != null || isIndexed(below.runs, Frame.BLOCK, index);
    };
  }

  boolean hasNode(StoredCore core, long index) {
    long position = TreeNode.position(index);
    return switch (ask(core, state -> node(state, position))) {
      case Memory.Here<TreeNode> here -> true;
      case Memory.Nowhere<TreeNode> nowhere -> false;
      case Memory.Below<TreeNode> below ->
          below.active != null || isIndexed(below.runs, Frame.NODE, position);
    };
  }

  BitSet blocks(StoredCore core, long from, long to) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map map = ask(core, state -> map(state, from, to));
      try {
        return map.complete(locator, from, to);
      } catch (NoSuchFileException reclaimed) {
        // the runs are others now
      } catch (IOException e) {
        ground.damaged("the index of the core " + core.id() + " (" + e + ")");
        break;
      }
    }
    return new BitSet();
  }

  /// What memory says of blocks, in parts: how many runs lie below, what is in the active segment,
  /// and what the layers over both make of it.
  private record Map(List<Run> runs, BitSet active, BitSet added, BitSet hidden) {
    BitSet complete(Locator locator, long from, long to) throws IOException {
      BitSet blocks = new BitSet();
      for (Run run : runs) {
        locator.mark(run, from, to, blocks);
      }
      blocks.or(active);
      blocks.andNot(hidden);
      blocks.or(added);
      return blocks;
    }
  }

  /// What the layers hide is what they would leave of a full map.
  private static Map map(@Nullable CoreState state, long from, long to) {
    BitSet active = new BitSet();
    BitSet added = new BitSet();
    BitSet left = new BitSet();
    int count = (int) (to - from);
    left.set(0, count);
    if (state == null) {
      return new Map(List.of(), active, added, left);
    }
    state.blocks.active().keys(from, to, key -> active.set((int) (key - from)));
    for (Layer layer : state.layers().reversed()) {
      layer.overlay(from, to, added);
      layer.overlay(from, to, left);
    }
    left.flip(0, count);
    return new Map(state.blocks.runs(), active, added, left);
  }

  private boolean isIndexed(List<Run> runs, byte kind, long key) {
    for (Run run : runs.reversed()) {
      if (run.sees(key) && (!run.sparse() || locates(run, kind, key))) {
        return true;
      }
    }
    return false;
  }

  private boolean locates(Run run, byte kind, long key) {
    try {
      return locator.locate(List.of(run), kind, key) != null;
    } catch (IOException e) {
      ground.damaged("segment " + run.segment() + ": its index (" + e + ")");
      return false;
    }
  }

  private <T> T ask(StoredCore core, Question<T> question) {
    while (true) {
      CoreState state = core.awake();
      if (state == null) {
        state = cores.wake(core.id(), false);
      }
      if (state != null) {
        core.remember(state);
      }
      ground.lock.lock();
      try {
        if (state == null || !state.asleep) {
          return question.of(state == null || core.outlived(state) ? null : state);
        }
      } finally {
        ground.lock.unlock();
      }
    }
  }

  private Memory<ByteBuffer> block(@Nullable CoreState state, long index) {
    if (state == null || index < 0) {
      return new Memory.Nowhere<>();
    }
    for (Layer layer : state.layers()) {
      switch (layer.block(index)) {
        case HERE -> {
          return new Memory.Here<>(layer.blockHere(index).asReadOnlyBuffer());
        }
        case HIDDEN -> {
          return new Memory.Nowhere<>();
        }
        case BELOW -> {}
      }
    }
    return below(state, state.blocks, index);
  }

  private Memory<TreeNode> node(@Nullable CoreState state, long position) {
    if (state == null) {
      return new Memory.Nowhere<>();
    }
    for (Layer layer : state.layers()) {
      switch (layer.node(position)) {
        case HERE -> {
          return new Memory.Here<>(layer.nodeHere(position));
        }
        case HIDDEN -> {
          return new Memory.Nowhere<>();
        }
        case BELOW -> {}
      }
    }
    return below(state, state.nodes, position);
  }

  private <T> Memory<T> below(CoreState state, Sequence sequence, long key) {
    long place = sequence.active().get(key);
    return new Memory.Below<>(
        place == 0 ? null : new Locator.Spot(committer.segment(), state.local, place, null),
        sequence.runs());
  }

  /// Reads a frame.
  ///
  /// @return nothing where the segment was deleted meanwhile
  private @Nullable BlockLookup read(Memory.Below<?> below, byte kind, long key, long index) {
    try {
      Locator.Spot spot = below.active;
      if (spot == null) {
        spot = locator.locate(below.runs, kind, key);
      }
      return spot == null ? new BlockLookup.Missing(index) : locator.read(spot, kind, index);
    } catch (NoSuchFileException gone) {
      return null;
    } catch (IOException e) {
      ground.damaged("the index of entry " + index + " (" + e + ")");
      return new BlockLookup.Corrupt(index, "its index entry cannot be read: " + e);
    }
  }

  private BlockLookup gone(StoredCore core, long index) {
    ground.damaged("the core " + core.id() + ", index " + index + ": its segment is missing");
    return new BlockLookup.Corrupt(index, "its segment is missing");
  }

  private static Optional<TreeNode> node(long index, BlockLookup found) {
    return switch (found) {
      case BlockLookup.Found node when node.bytes().remaining() == Frame.NODE_PAYLOAD -> {
        ByteBuffer bytes = node.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] hash = new byte[TreeNode.HASH_BYTES];
        bytes.get(bytes.position() + Long.BYTES, hash);
        yield Optional.of(new TreeNode(index, bytes.getLong(bytes.position()), hash));
      }
      case BlockLookup.Found other -> Optional.empty();
      case BlockLookup.Missing missing -> Optional.empty();
      case BlockLookup.Corrupt corrupt -> Optional.empty();
    };
  }
}
