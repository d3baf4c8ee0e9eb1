package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Empties sealed segments that are mostly dead, a few frames with each group, so that they can be
/// deleted. Large blocks are left where they are until next to nothing else is there.
final class Reclaimer {
  /// A segment is emptied when less than one byte in so many is live ...
  static final int MOSTLY_DEAD = 4;

  /// ... and, where there are large blocks in it, less than one in so many.
  static final int NEARLY_EMPTY = 20;

  /// What is a large block, in bytes.
  static final int LARGE = 64 << 10;

  private static final int BUDGET = 256 << 10;
  private static final int RECLAIM_BUDGET = 4 << 20;

  /// Says that a segment is better left alone.
  private static final class LargeBlocks extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// What is moved from a segment with one group.
  private record Haul(Ledger.Sealed from, long budget, Group group, List<Relocation> relocations) {
    boolean full() {
      return group.moved >= budget;
    }
  }

  private final Ground ground;
  private final Cores cores;
  private final Locator locator;
  private final Deque<CoreId> left = new ArrayDeque<>();
  private Ledger.@Nullable Sealed segment;
  private long chosenAt = -1;

  Reclaimer(Ground ground, Cores cores) {
    this.ground = ground;
    this.cores = cores;
    this.locator = new Locator(ground);
  }

  /// What is to be moved with this group.
  List<Relocation> next(Group group) {
    List<Relocation> relocations = new ArrayList<>();
    Ledger.Sealed from = segment();
    if (from == null) {
      return relocations;
    }
    Haul haul = new Haul(from, group.reclaim ? RECLAIM_BUDGET : BUDGET, group, relocations);
    try {
      if (left.isEmpty()) {
        left.addAll(names(from));
      }
      while (!haul.full() && !left.isEmpty()) {
        collect(haul, left.element());
      }
    } catch (LargeBlocks live) {
      park(from);
    } catch (IOException e) {
      ground.world.log().warning("segment " + from.number + " cannot be reclaimed: " + e);
      park(from);
    }
    if (left.isEmpty()) {
      segment = null;
    }
    return relocations;
  }

  private Ledger.@Nullable Sealed segment() {
    if (segment == null && chosenAt != ground.ledger.changes()) {
      chosenAt = ground.ledger.changes();
      segment =
          ground.ledger.sealed().stream()
              .filter(s -> s.runs > 0 && s.live * MOSTLY_DEAD < s.bytes && s.live < s.parkedAt)
              .min(Comparator.comparingLong(s -> s.live))
              .orElse(null);
    }
    return segment;
  }

  private void park(Ledger.Sealed parked) {
    parked.parkedAt = Math.min(parked.live, parked.bytes / NEARLY_EMPTY);
    left.clear();
    segment = null;
    chosenAt = -1;
  }

  private void collect(Haul haul, CoreId id) throws IOException {
    CoreState state = pin(id);
    if (state != null) {
      for (Run run : state.blocks.runs()) {
        collect(haul, new Relocation(state, false, run));
      }
      for (Run run : state.nodes.runs()) {
        collect(haul, new Relocation(state, true, run));
      }
    }
    if (!haul.full()) {
      left.poll();
    }
  }

  private void collect(Haul haul, Relocation relocation) throws IOException {
    Run run = relocation.run;
    if (run.segment() != haul.from.number || haul.full()) {
      return;
    }
    haul.relocations.add(relocation);
    for (long key : locator.keys(run, relocation.kind)) {
      if (haul.full()) {
        return;
      }
      Relocation.Item item = item(haul.from, relocation, key);
      if (item != null) {
        relocation.items.add(item);
        haul.group.moved += Frame.HEADER + item.payload().remaining();
      }
      relocation.to = key + 1;
    }
    relocation.to = run.to();
  }

  /// Reads a frame that is to be moved; nothing where a newer one is in its place.
  private Relocation.@Nullable Item item(Ledger.Sealed from, Relocation relocation, long key)
      throws IOException {
    Sequence sequence = relocation.sequence;
    if (sequence.active().get(key) != 0) {
      return null;
    }
    Locator.Spot spot = locator.locate(sequence.runs(), relocation.kind, key);
    if (spot == null || !relocation.run.equals(spot.run())) {
      return null;
    }
    if (Frame.length(spot.place()) > LARGE && from.live * NEARLY_EMPTY >= from.bytes) {
      throw new LargeBlocks();
    }
    long index = relocation.kind == Frame.NODE ? TreeNode.index(key) : key;
    return switch (locator.read(spot, relocation.kind, index)) {
      case BlockLookup.Found found -> new Relocation.Item(index, key, found.bytes());
      case BlockLookup.Missing missing -> null;
      case BlockLookup.Corrupt corrupt -> throw new IOException(corrupt.reason());
    };
  }

  /// Wakes a core and keeps it awake until the next checkpoint.
  private @Nullable CoreState pin(CoreId id) {
    CoreState state = cores.pin(id);
    ground.lock.lock();
    try {
      state.dirty = true;
    } finally {
      ground.lock.unlock();
    }
    cores.unpin(List.of(state));
    return state.header == null ? null : state;
  }

  private List<CoreId> names(Ledger.Sealed from) throws IOException {
    try (OpenFiles.Use use = locator.use(from.number)) {
      return names(use.file(), from);
    }
  }

  private List<CoreId> names(DiskFile file, Ledger.Sealed from) throws IOException {
    ByteBuffer frame = Frame.allocate(Math.toIntExact(from.bytes - from.indexAt));
    file.readFully(frame, from.indexAt);
    CRC32C crc = new CRC32C();
    int salt = Frame.salt(ground.id, from.number, from.indexAt);
    Frame.Header header = Frame.read(frame, 0, crc, salt);
    if (header == null
        || header.kind() != Frame.INDEX
        || header.length() != frame.capacity() - Frame.HEADER
        || Frame.sum(crc, frame, Frame.HEADER, header.length()) != header.payloadSum()) {
      throw new IOException("its index is damaged");
    }
    return IndexLayout.names(frame.position(Frame.HEADER));
  }
}
