package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends groups to the active segment, and seals it when it is full. Used by one task at a time.
///
/// A [DiskFullException] that escapes means that nothing has changed, on the disk or in memory. Any
/// other exception means that nobody knows what is on the disk: the store has to stop.
final class Committer {
  /// How far a segment may grow beyond its limits while there is no room to seal it.
  private static final int PATIENCE = 4;

  private static final long MAXIMUM_END = 2L << 30;

  private final Ground ground;
  private final Cores cores;
  private final Reclaimer reclaimer;
  private final Removal removal;
  private @Nullable LogWriter log;
  private int segment;
  private long end;
  private int lastName;
  private long nextGroup;
  private long sealAgainAt;
  private boolean created;

  /// Whether a group that was cut off may lie behind the end, as a crash leaves it.
  private boolean recovered = true;

  /// Whether the active segment was begun over an older one, and nothing has failed since.
  private boolean over;

  /// What sealing the active segment changes in memory.
  private record Sealing(
      Ledger.Sealed sealed, List<Ledger.Sealed> dead, IndexLayout index, List<CoreState> states) {}

  Committer(Ground ground, Cores cores, Recovery.Point point) {
    this.ground = ground;
    this.cores = cores;
    this.reclaimer = new Reclaimer(ground, cores);
    this.removal = new Removal(ground);
    this.segment = point.segment();
    this.end = point.end();
    this.lastName = point.lastName();
    this.nextGroup = point.nextGroup();
    this.created = end > 0;
    removal.start();
  }

  /// The active segment's number. Read under the lock.
  int segment() {
    return segment;
  }

  /// How long the active segment is. Read under the lock.
  long end() {
    return end;
  }

  /// What deletes the files that are needed no more.
  Removal removal() {
    return removal;
  }

  /// Writes a group and makes it durable. Memory is left as it is, for [#apply] to change.
  GroupEncoder write(Group group) throws IOException {
    try {
      return attempt(group);
    } catch (DiskFullException full) {
      over = false;
      if (removal.makeRoom()) {
        return attempt(group);
      }
      throw full;
    } catch (IOException | RuntimeException | Error broken) {
      over = false;
      throw broken;
    }
  }

  private GroupEncoder attempt(Group group) throws IOException {
    sealIfDue(group);
    List<Relocation> relocations = reclaimer.next(group);
    if (end == 0 && log == null && !group.changes().isEmpty()) {
      over = removal.give(ground.layout.segment(segment));
    }
    LogWriter active = active();
    GroupEncoder encoder = new GroupEncoder(active, lastName, group, relocations);
    long start = active.end();
    active.expect(group.bytes());
    try {
      encoder.write();
      active.commit(nextGroup, start);
    } catch (DiskFullException full) {
      active.cutBack(start);
      throw full;
    }
    sync(active);
    return encoder;
  }

  /// Makes a group durable in memory too. Called under the lock.
  void apply(GroupEncoder encoder) {
    cores.counted(encoder.apply());
    lastName = encoder.lastName();
    nextGroup++;
    end = encoder.end();
  }

  /// Closes the active segment's file; the next group opens it again.
  void rest() throws IOException {
    if (log != null) {
      log.close();
      log = null;
    }
  }

  /// Ends for good: what was there before the active segment's groups goes.
  void close() throws IOException {
    if (over) {
      active().trim();
    }
    rest();
  }

  private LogWriter active() throws IOException {
    if (log == null) {
      DiskFile file = ground.disk().open(ground.layout.segment(segment), Disk.Mode.WRITE);
      LogWriter opened = new LogWriter(ground, file, segment, end);
      try {
        prepare(opened);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      log = opened;
    }
    return log;
  }

  private void prepare(LogWriter opened) throws IOException {
    if (end == 0) {
      opened.begin(over);
    } else {
      opened.goOn(recovered);
    }
    recovered = false;
  }

  private void sync(LogWriter active) throws IOException {
    try {
      active.sync();
      ground.syncs.incrementAndGet();
      if (!created) {
        ground.disk().syncDirectory(ground.layout.segments());
        ground.syncs.incrementAndGet();
        created = true;
      }
    } catch (DiskFullException e) {
      throw new IOException("what was written could not be made durable", e);
    }
  }

  private void sealIfDue(Group group) throws IOException {
    if (end <= Layout.SEGMENT_HEADER || !(group.seal || isFull(1) || hasDeadWeight())) {
      return;
    }
    boolean tooFull = isFull(PATIENCE);
    if (!group.seal && !tooFull && end < sealAgainAt) {
      return;
    }
    try {
      seal();
      sealAgainAt = 0;
    } catch (DiskFullException full) {
      if (group.seal || tooFull) {
        throw full;
      }
      sealAgainAt = end + ground.limits.segmentBytes() / PATIENCE;
    }
  }

  private boolean isFull(int times) {
    StoreLimits limits = ground.limits;
    return end >= Math.min(MAXIMUM_END, limits.segmentBytes() * times)
        || ground.ledger.activeEntries() >= (long) limits.segmentEntries() * times;
  }

  private boolean hasDeadWeight() {
    return ground.ledger.deadBytes() >= ground.limits.segmentBytes();
  }

  private void seal() throws IOException {
    LogWriter active = active();
    List<CoreState> states = Replay.named(cores.awake());
    IndexLayout index = new IndexLayout(segment, states, end);
    Checkpoint checkpoint;
    List<Ledger.Sealed> dead = dead();
    Ledger.Sealed sealed;
    try {
      sealed = appendIndex(active, index, states.size());
      checkpoint = writeCheckpoint(sealed, dead, index);
    } catch (DiskFullException full) {
      active.cutBack(end);
      throw full;
    }
    rest();
    ground.lock.lock();
    try {
      swap(checkpoint, new Sealing(sealed, dead, index, states));
    } finally {
      ground.lock.unlock();
    }
    delete(dead, checkpoint);
  }

  private Ledger.Sealed appendIndex(LogWriter active, IndexLayout index, int cores)
      throws IOException {
    ByteBuffer payload = index.payload(end);
    active.append(Frame.INDEX, 0, cores, payload);
    active.flush();
    active.trim();
    sync(active);
    return new Ledger.Sealed(segment, active.end(), end);
  }

  private Checkpoint writeCheckpoint(
      Ledger.Sealed sealed, List<Ledger.Sealed> dead, IndexLayout index) throws IOException {
    List<Ledger.Sealed> segments = new ArrayList<>(ground.ledger.sealed());
    segments.removeAll(dead);
    segments.add(sealed);
    try (CheckpointWriter writer = new CheckpointWriter(ground, segment + 1, segments)) {
      cores.write(writer, state -> record(state, index.of(state)));
      return writer.finish(nextGroup);
    }
  }

  private static @Nullable CoreRecord record(CoreState state, IndexLayout.Runs more) {
    byte[] header = state.header;
    if (header == null) {
      return null;
    }
    List<Run> blocks = new ArrayList<>(state.blocks.runs());
    List<Run> nodes = new ArrayList<>(state.nodes.runs());
    blocks.addAll(more.blocks());
    nodes.addAll(more.nodes());
    return new CoreRecord(state.id, header, state.head, state.headLost, blocks, nodes);
  }

  private void swap(Checkpoint checkpoint, Sealing sealing) {
    sealing.dead.forEach(ground.ledger::forget);
    ground.ledger.add(sealing.sealed);
    ground.ledger.activeSealed();
    for (CoreState state : sealing.states) {
      IndexLayout.Runs runs = sealing.index.of(state);
      state.blocks.seal(runs.blocks());
      state.nodes.seal(runs.nodes());
    }
    cores.checkpointed(checkpoint);
    segment++;
    end = 0;
    lastName = 0;
    created = false;
    over = false;
  }

  private List<Ledger.Sealed> dead() {
    return ground.ledger.sealed().stream().filter(segment -> segment.runs == 0).toList();
  }

  /// Has deleted what the checkpoint before the one before needed last.
  private void delete(List<Ledger.Sealed> dead, Checkpoint latest) {
    List<Path> files = new ArrayList<>();
    dead.forEach(segment -> files.add(ground.layout.segment(segment.number)));
    try {
      for (int number : Recovery.checkpoints(ground)) {
        if (number < latest.number() - 1) {
          files.add(ground.layout.checkpoint(number));
        }
      }
    } catch (IOException e) {
      ground.world.log().warning("what the store no longer needs stays on the disk: " + e);
    }
    removal.add(files);
  }
}
