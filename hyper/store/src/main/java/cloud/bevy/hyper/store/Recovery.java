package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Brings a store back: the latest checkpoint, and over it the log from where it ends.
final class Recovery {
  private static final int FIRST_SEGMENT = 1;

  private final Ground ground;
  private final Cores cores;
  private final TreeSet<Integer> segments = new TreeSet<>();

  /// Where writing goes on.
  ///
  /// @param segment the active segment
  /// @param end where its next group begins; zero where there is no file yet
  /// @param lastName the highest number that a core has in it
  /// @param nextGroup the number of the next group
  record Point(int segment, long end, int lastName, long nextGroup) {}

  Recovery(Ground ground, Cores cores) {
    this.ground = ground;
    this.cores = cores;
  }

  Point run() throws IOException {
    segments.addAll(numbers(ground.disk().list(ground.layout.segments()), Layout.SEGMENT_SUFFIX));
    Checkpoint checkpoint = latest();
    cores.start(checkpoint);
    checkMissing(checkpoint);
    deleteLeftOver(checkpoint);
    ground.disk().syncDirectory(ground.layout.checkpoints());
    ground.disk().syncDirectory(ground.layout.segments());
    Point point = new Point(checkpoint.number(), 0, 0, checkpoint.nextGroup());
    while (segments.contains(point.segment)) {
      Point next = replay(point);
      if (next.segment == point.segment) {
        return next;
      }
      point = next;
    }
    return point;
  }

  /// The numbers in the names of a folder's checkpoints, ascending.
  static List<Integer> checkpoints(Ground ground) throws IOException {
    return numbers(ground.disk().list(ground.layout.checkpoints()), Layout.CHECKPOINT_SUFFIX);
  }

  private static List<Integer> numbers(List<Path> files, String suffix) {
    return files.stream()
        .map(file -> Layout.number(file, suffix))
        .filter(number -> number >= FIRST_SEGMENT)
        .sorted()
        .toList();
  }

  private Checkpoint latest() throws IOException {
    List<Integer> numbers = checkpoints(ground);
    for (int number : numbers.reversed()) {
      try {
        return load(number);
      } catch (IOException damaged) {
        ground.damaged("checkpoint " + number + ": " + damaged.getMessage());
      }
    }
    boolean nothingDeletedYet = numbers.isEmpty() || numbers.equals(List.of(FIRST_SEGMENT + 1));
    if (!nothingDeletedYet || (!segments.isEmpty() && segments.first() != FIRST_SEGMENT)) {
      throw damaged("has no checkpoint that can be read");
    }
    ground.ledger.clear();
    return Checkpoint.none();
  }

  private Checkpoint load(int number) throws IOException {
    ground.ledger.clear();
    return Checkpoint.open(
        ground,
        number,
        ground.ledger::add,
        record -> {
          record.blocks().forEach(ground.ledger::retain);
          record.nodes().forEach(ground.ledger::retain);
        });
  }

  private void checkMissing(Checkpoint checkpoint) {
    for (Ledger.Sealed sealed : checkpoint.segments()) {
      if (!segments.contains(sealed.number) && sealed.runs > 0) {
        ground.damaged("segment " + sealed.number + " is missing");
      }
    }
    if (!segments.isEmpty()
        && segments.last() > checkpoint.number()
        && !segments.contains(checkpoint.number())) {
      throw damaged("lacks segment " + checkpoint.number() + ", from which its log goes on");
    }
  }

  /// Deletes sealed segments that the checkpoint does not know, as a crash may have left them.
  private void deleteLeftOver(Checkpoint checkpoint) throws IOException {
    Set<Integer> known = new HashSet<>();
    checkpoint.segments().forEach(segment -> known.add(segment.number));
    for (int number : List.copyOf(segments.headSet(checkpoint.number()))) {
      if (!known.contains(number)) {
        ground.disk().delete(ground.layout.segment(number));
      }
    }
  }

  private Point replay(Point from) throws IOException {
    try (DiskFile file = ground.disk().open(ground.layout.segment(from.segment), Disk.Mode.READ)) {
      SegmentScan scan = new SegmentScan(file, ground.id, from.segment);
      if (!checkHeader(scan, from)) {
        return from;
      }
      Replay replay = new Replay(ground, cores, from.segment, scan, from.nextGroup);
      boolean sealed = segments.higher(from.segment) != null;
      if (sealed) {
        replay.ofSealed();
      }
      replay.run();
      if (sealed) {
        seal(from.segment, replay, scan);
        return new Point(from.segment + 1, 0, 0, replay.nextGroup());
      }
      sayTail(from.segment, replay.end(), scan);
      file.sync(); // what is read from now on may be what only the page cache had
      return new Point(from.segment, replay.end(), replay.lastName(), replay.nextGroup());
    }
  }

  /// What a crash leaves behind the last whole group looks as if it had been damaged later.
  private void sayTail(int segment, long end, SegmentScan scan) throws IOException {
    if (scan.hasBytes(end)) {
      ground
          .world
          .log()
          .warning(
              "the store "
                  + ground.layout.directory()
                  + " ends with bytes that are no whole group (segment "
                  + segment
                  + " at "
                  + end
                  + "): they were being written when the program was stopped, and nobody was told"
                  + " that they are durable; or they were damaged since");
    }
  }

  /// Whether the segment has begun. One that a crash has kept from beginning holds no group.
  private boolean checkHeader(SegmentScan scan, Point at) throws IOException {
    int length = (int) Math.min(Layout.SEGMENT_HEADER, scan.size());
    ByteBuffer header = scan.bytes(0, length);
    if (header.equals(Layout.segmentHeader(ground.id, at.segment))) {
      return true;
    }
    boolean begun = scan.nextCommit(0, at.nextGroup) != null;
    if (!begun && segments.higher(at.segment) != null) {
      throw damaged("has segments after segment " + at.segment + ", in which there is nothing");
    }
    if (!begun) {
      sayTail(at.segment, 0, scan);
      return false;
    }
    ground.damaged("segment " + at.segment + ": its header");
    return true;
  }

  /// Makes runs of a sealed segment's entries again, when the checkpoint that held them was lost.
  /// Where the segment is damaged too, its index has what the log has not, and the other way round.
  private void seal(int number, Replay replay, SegmentScan scan) throws IOException {
    SegmentScan.Met index = replay.index();
    List<CoreState> states = replay.states();
    long indexAt = index == null ? replay.end() : index.offset();
    ground.ledger.add(
        new Ledger.Sealed(number, index == null ? scan.size() : index.end(), indexAt));
    ground.ledger.activeSealed();
    IndexLayout layout = new IndexLayout(number, states, indexAt);
    Map<CoreId, IndexLayout.Runs> runs = new LinkedHashMap<>();
    states.forEach(state -> runs.put(state.id, layout.of(state)));
    if (index == null || !index.intact()) {
      ground.damaged("segment " + number + ": its index");
    } else {
      ByteBuffer said = scan.bytes(indexAt + Frame.HEADER, index.header().length());
      if (!said.equals(layout.payload(indexAt))) {
        ground.damaged("segment " + number + ": its log, which does not fit its index");
        runs.putAll(IndexLayout.read(said));
      }
    }
    runs.forEach(this::seal);
    replay.forgetNames();
  }

  private void seal(CoreId id, IndexLayout.Runs runs) {
    CoreState state = cores.woken(id);
    if (state.header == null) {
      ground.damaged("the core " + id + ", of which nobody knows how it began,");
      return;
    }
    state.dirty = true;
    state.blocks.seal(runs.blocks());
    state.nodes.seal(runs.nodes());
  }

  private StoreFault damaged(String what) {
    return new StoreFault(
        StoreFault.Kind.DAMAGED,
        "the store " + ground.layout.directory() + " " + what,
        "keep a copy of the folder, and restore it from a backup or a replica");
  }
}
