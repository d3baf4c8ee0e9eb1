package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The disk of a simulated machine. It outlives crashes, but forgets what was not synced, and it
/// fails when the test says so.
public final class SimulatedDisk {
  private final SplittableRandom random;
  private final Runnable powerCut;
  private final PowerLoss loss;
  private final DiskTree tree = new DiskTree();
  private final Map<DiskCall, Long> calls = new EnumMap<>(DiskCall.class);
  private final List<Plan> plans = new ArrayList<>();
  private final Set<DiskCall> pretended = EnumSet.noneOf(DiskCall.class);
  private long allCalls;
  private long capacity = Long.MAX_VALUE;
  private long used;

  private record Plan(@Nullable DiskCall kind, long at, DiskFailure failure) {}

  SimulatedDisk(SplittableRandom random, Runnable powerCut) {
    this.random = random;
    this.powerCut = powerCut;
    this.loss = new PowerLoss(random.split());
  }

  /// Lets the `nth` call from now, of whatever kind, fail; the next one is the first.
  public void failAt(long nth, DiskFailure failure) {
    plans.add(new Plan(null, allCalls + nth, failure));
  }

  /// Lets the `nth` call of a kind from now fail; the next one is the first.
  public void failAt(DiskCall kind, long nth, DiskFailure failure) {
    plans.add(new Plan(kind, calls(kind) + nth, failure));
  }

  /// Takes back all failures that have not happened yet.
  public void failNoMore() {
    plans.clear();
  }

  /// From here on calls of a kind are answered as if they had been done, and are not: a disk that
  /// breaks its promise, on which no program can keep its own. For planted bugs.
  ///
  /// @throws IllegalArgumentException if the call is not one that makes something durable
  public void pretend(DiskCall sync) {
    if (sync != DiskCall.SYNC && sync != DiskCall.SYNC_DIRECTORY) {
      throw new IllegalArgumentException("only a sync can be pretended, not " + sync);
    }
    pretended.add(sync);
  }

  /// How many calls there have been.
  public long calls() {
    return allCalls;
  }

  /// How many calls of a kind there have been.
  public long calls(DiskCall kind) {
    return calls.getOrDefault(kind, 0L);
  }

  /// How many bytes the disk holds at most; no limit at first.
  public void capacity(long bytes) {
    capacity = bytes;
  }

  /// How many bytes the files have.
  public long used() {
    return used;
  }

  /// Flips one bit of a file, at a place and in a way that the seed chooses.
  ///
  /// @return the position of the byte
  /// @throws NoSuchFileException also if the file is empty
  public long rot(Path path) throws IOException {
    FileNode file = file(path);
    if (file.size() == 0) {
      throw new NoSuchFileException(path.toString(), null, "is empty: nothing to rot");
    }
    int position = random.nextInt(file.size());
    file.flip(position, 1 << random.nextInt(8));
    return position;
  }

  /// Flips the bits of `mask` in one byte of a file.
  public void rot(Path path, long position, int mask) throws IOException {
    file(path).flip(Math.toIntExact(position), mask);
  }

  private FileNode file(Path path) throws IOException {
    if (tree.find(path).orElse(null) instanceof FileNode file) {
      return file;
    }
    throw new NoSuchFileException(path.toString());
  }

  boolean pretends(DiskCall sync) {
    return pretended.contains(sync);
  }

  DiskTree tree() {
    return tree;
  }

  PowerLoss loss() {
    return loss;
  }

  SplittableRandom random() {
    return random;
  }

  long free() {
    return Math.max(0, capacity - used);
  }

  void grow(long bytes) {
    used += bytes;
  }

  /// Counts a call, and cuts the power if that is due.
  ///
  /// @param takesRoom whether a disk without room could make this call fail
  /// @return how the call is to fail, or nothing
  @Nullable DiskFailure call(DiskCall kind, boolean takesRoom) {
    allCalls++;
    long ofKind = calls.merge(kind, 1L, Long::sum);
    DiskFailure failure = due(kind, ofKind);
    if (failure == DiskFailure.POWER_CUT) {
      powerCut.run();
    }
    return failure == DiskFailure.DISK_FULL && !takesRoom ? null : failure;
  }

  private @Nullable DiskFailure due(DiskCall kind, long ofKind) {
    for (Plan plan : plans) {
      long count = plan.kind() == null ? allCalls : ofKind;
      if ((plan.kind() == null || plan.kind() == kind) && plan.at() == count) {
        plans.remove(plan);
        return plan.failure();
      }
    }
    return null;
  }

  void crash() {
    plans.clear();
    tree.crash(loss);
    count();
  }

  private void count() {
    used = 0;
    tree.files(file -> used += file.size());
  }
}
