package cloud.bevy.hyper.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Brings what a segment says back into memory, group by group. A group that is not whole is cut
/// off where it is the last one: nobody was told that it is durable. Before that it is damage, of
/// which everything is kept that can be told from its checksums.
final class Replay {
  private final Ground ground;
  private final Cores cores;
  private final int segment;
  private final SegmentScan scan;
  private final Map<Integer, CoreState> named = new HashMap<>();
  private final List<SegmentScan.Met> group = new ArrayList<>();

  /// Frames of cores whose names could not be read, by the numbers that these have in the segment.
  private final Map<Integer, List<SegmentScan.Met>> nameless = new TreeMap<>();

  private long groupStart = Layout.SEGMENT_HEADER;
  private long at = Layout.SEGMENT_HEADER;
  private long nextGroup;
  private int lastName;

  /// Whether there was something that could not be read at all.
  private boolean blind;

  private boolean sealed;

  private SegmentScan.@Nullable Met index;

  Replay(Ground ground, Cores cores, int segment, SegmentScan scan, long nextGroup) {
    this.ground = ground;
    this.cores = cores;
    this.segment = segment;
    this.scan = scan;
    this.nextGroup = nextGroup;
  }

  /// Reads to the end of what is durable.
  void run() throws IOException {
    while (step()) {
      // one frame after the other
    }
    SegmentScan.Met last = index;
    if (last != null && last.intact() && !nameless.isEmpty()) {
      nameBy(IndexLayout.numbers(scan.bytes(last.offset() + Frame.HEADER, last.header().length())));
    }
    if (blind) {
      named.values().forEach(this::checkHead);
    }
    nameless.forEach((name, frames) ->
        ground.damaged(
            "segment "
                + segment
                + ", bytes "
                + frames.getFirst().offset()
                + " to "
                + frames.getLast().end()
                + ": "
                + frames.size()
                + " frames of a core whose name cannot be read"));
  }

  /// A head that cannot be read is not known to have been there; the blocks that it stood for tell.
  private void checkHead(CoreState state) {
    long[] behind = {0};
    state.blocks.active().keys(state.head.length(), Long.MAX_VALUE, key -> behind[0]++);
    if (behind[0] > 0 && !state.headLost) {
      state.headLost = true;
      ground.damaged(
          "segment "
              + segment
              + ": the head of core "
              + state.id
              + ", which has "
              + behind[0]
              + " blocks behind length "
              + state.head.length());
    }
  }

  /// The index knows the names too; only not what a core began with.
  private void nameBy(Map<Integer, CoreId> names) {
    for (int name : List.copyOf(nameless.keySet())) {
      CoreId id = names.get(name);
      CoreState state = id == null ? null : cores.woken(id);
      if (state != null && state.header != null) {
        name(state, name);
        applyNameless(state, name);
      }
    }
  }

  /// The segment was sealed: no group in it is torn, what is not whole is damaged.
  Replay ofSealed() {
    sealed = true;
    return this;
  }

  /// Where the last whole group ends.
  long end() {
    return groupStart;
  }

  /// The number of the next group.
  long nextGroup() {
    return nextGroup;
  }

  /// The highest number that a core has in the segment.
  int lastName() {
    return lastName;
  }

  /// The index, where the segment is sealed.
  SegmentScan.@Nullable Met index() {
    return index;
  }

  /// The cores that have something in the segment, in the order of their names in it.
  List<CoreState> states() {
    return named(named.values());
  }

  /// The next segment gives names of its own.
  void forgetNames() {
    named.values().forEach(state -> state.local = 0);
  }

  /// Of some cores, those that have entries in the active segment, by their names in it.
  static List<CoreState> named(Iterable<CoreState> all) {
    Set<CoreState> some = new LinkedHashSet<>();
    for (CoreState state : all) {
      if (state.blocks.active().size() + state.nodes.active().size() > 0) {
        some.add(state);
      }
    }
    List<CoreState> states = new ArrayList<>(some);
    states.sort(Comparator.comparingInt(state -> state.local));
    return states;
  }

  private boolean step() throws IOException {
    SegmentScan.Met met = frame();
    if (met == null || (met.is(Frame.COMMIT) && met.header().index() != nextGroup)) {
      return skipDamage(at);
    }
    if (met.is(Frame.INDEX)) {
      index = met;
      applyGroup(); // empty, unless its end is lost
      return false;
    }
    if (!met.is(Frame.COMMIT)) {
      at = met.end();
      group.add(met);
      return true;
    }
    boolean whole = met.intact() && group.stream().allMatch(SegmentScan.Met::intact);
    if (!whole && !isFollowed(met)) {
      group.clear();
      return false; // torn
    }
    return whole ? close(met) : closeDamaged(met);
  }

  /// The frame at hand, mended where that can be.
  private SegmentScan.@Nullable Met frame() throws IOException {
    SegmentScan.Met met = scan.frame(at);
    if (met != null && met.intact()) {
      return met;
    }
    SegmentScan.Met mended = scan.mended(at, met);
    if (mended == null || mended.is(Frame.COMMIT)) {
      return met;
    }
    ground.damaged("segment " + segment + " at " + at + ": one bit, which was put right");
    return mended;
  }

  /// Whether something was written after the group that ends here, or nothing was to be.
  private boolean isFollowed(SegmentScan.Met commit) throws IOException {
    return sealed
        || scan.nextCommit(commit.end(), nextGroup + 1) != null
        || isSealedAfter(commit.end());
  }

  /// Goes on behind a place where no frame can be read, with the next that can; of a group whose
  /// end is lost so the frames become part of the next. Takes the group for a torn one if nothing
  /// was written after it.
  private boolean skipDamage(long damage) throws IOException {
    SegmentScan.Met commit = scan.nextCommit(damage, nextGroup);
    if (commit == null && sealed) {
      return skipTo(damage, scan.size());
    }
    if (commit == null || (commit.header().index() == nextGroup && !isFollowed(commit))) {
      group.clear();
      return false;
    }
    if (damage == commit.offset()) {
      return closeDamaged(commit);
    }
    return skipTo(damage, commit.offset());
  }

  /// Goes on with the next frame that can be read, up to where one is known to be or the file ends.
  private boolean skipTo(long damage, long known) throws IOException {
    blind = true;
    at = scan.nextFrame(damage + 1, known);
    ground.damaged("segment " + segment + ", bytes " + damage + " to " + at + ": no frame");
    if (at < scan.size()) {
      return true;
    }
    applyGroup();
    groupStart = damage;
    return false;
  }

  private boolean isSealedAfter(long end) throws IOException {
    SegmentScan.Met next = scan.frame(end);
    return next != null && next.is(Frame.INDEX) && next.intact();
  }

  private boolean closeDamaged(SegmentScan.Met commit) {
    ground.damaged("segment " + segment + ", bytes " + groupStart + " to " + commit.end());
    return close(commit);
  }

  private boolean close(SegmentScan.Met commit) {
    applyGroup();
    at = commit.end();
    groupStart = at;
    nextGroup = commit.header().index() + 1;
    return true;
  }

  private void applyGroup() {
    for (SegmentScan.Met met : group) {
      apply(met);
    }
    group.clear();
  }

  private void apply(SegmentScan.Met met) {
    Frame.Header header = met.header();
    lastName = Math.max(lastName, header.core()); // also of one whose name cannot be read
    if (header.kind() == Frame.CORE) {
      if (met.intact()) {
        name(met);
      }
      return;
    }
    CoreState state = named.get(header.core());
    if (state == null) {
      nameless.computeIfAbsent(header.core(), first -> new ArrayList<>()).add(met);
    } else {
      apply(met, state);
    }
  }

  private void apply(SegmentScan.Met met, CoreState state) {
    Frame.Header header = met.header();
    switch (header.kind()) {
      case Frame.BLOCK -> state.blocks.put(header.index(), met.place());
      case Frame.NODE -> state.nodes.put(TreeNode.position(header.index()), met.place());
      case Frame.DROP -> drop(state);
      default -> applyContent(met, state);
    }
  }

  private void applyContent(SegmentScan.Met met, CoreState state) {
    if (met.is(Frame.HEAD) && !met.intact()) {
      state.headLost = true;
    } else if (met.is(Frame.HEAD)) {
      state.setHead(CoreRecord.readHead(met.content()));
    } else if (met.is(Frame.CLEAR) && met.intact()) {
      state.blocks.remove(met.header().index(), met.content().getLong());
    }
  }

  /// A core is named more than once, so that what it has in the segment is not lost with one of the
  /// frames that do: what came before the first that can be read is applied then.
  private void name(SegmentScan.Met met) {
    Frame.Header header = met.header();
    ByteBuffer content = met.content();
    CoreState state = cores.woken(CoreId.read(content));
    boolean again = named.get(header.core()) == state;
    boolean first =
        header.index() == Frame.BEGINS || (header.index() == 0 && !content.hasRemaining());
    boolean begins = header.index() == Frame.BEGINS || header.index() == Frame.BEGAN;
    if (!again && (begins || state.header == null)) {
      drop(state);
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      state.header = bytes;
      cores.counted(1);
    }
    state.namings = again ? state.namings + 1 : 1;
    state.namedAt = met.offset();
    state.began = begins;
    if (!again) {
      name(state, header.core());
    }
    if (!again && !first) {
      applyNameless(state, header.core());
    }
  }

  private void name(CoreState state, int name) {
    state.local = name;
    state.dirty = true;
    named.put(name, state);
  }

  private void applyNameless(CoreState state, int name) {
    List<SegmentScan.Met> before = nameless.remove(name);
    if (before != null) {
      before.forEach(met -> apply(met, state));
    }
  }

  private void drop(CoreState state) {
    if (state.header != null) {
      cores.counted(-1);
      state.drop();
    }
  }
}
