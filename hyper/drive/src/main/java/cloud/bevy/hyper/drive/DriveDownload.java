package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.store.BlockLookup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Fetches the bytes of files, a number of ranges of blocks at a time, so that they can be read
/// later without anybody's help. To be closed when no more is wanted of it.
public final class DriveDownload implements AutoCloseable {
  /// How many ranges of blocks are wanted of the core's sources at a time.
  static final int MOST_RANGES = 64;

  private final World world;
  private final Blobs blobs;
  private final Iterator<DriveFile> files;
  private final Deque<Want.Blocks> ranges = new ArrayDeque<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(Want.Blocks range, Registration registration) {}

  DriveDownload(World world, Blobs blobs, Iterator<DriveFile> files) {
    this.world = world;
    this.blobs = blobs;
    this.files = files;
  }

  /// Goes on until everything is here, or the deadline has passed. May be called again then.
  ///
  /// @return whether everything is here
  public boolean await(Duration deadline) throws InterruptedException {
    long end = world.time().nanos() + deadline.toNanos();
    fill();
    while (!pending.isEmpty()) {
      if (!await(pending.getFirst().range, end)) {
        return false;
      }
      pending.removeFirst().registration.close();
      fill();
    }
    return true;
  }

  private void fill() {
    while (pending.size() < MOST_RANGES && (!ranges.isEmpty() || next())) {
      Want.Blocks range = ranges.removeFirst();
      pending.add(new Pending(range, blobs.core().download(range.from(), range.to())));
    }
  }

  /// @return whether there are more ranges
  private boolean next() {
    while (ranges.isEmpty() && files.hasNext()) {
      files.next().entry().blob().ifPresent(blob -> ranges.addAll(blobs.ranges(blob)));
    }
    return !ranges.isEmpty();
  }

  private boolean await(Want.Blocks range, long end) throws InterruptedException {
    Core core = blobs.core();
    for (long index = range.from(); index < range.to(); index++) {
      Duration left = Duration.ofNanos(Math.max(1, end - world.time().nanos()));
      if (!core.has(index) && !(core.read(index, left) instanceof BlockLookup.Found)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    pending.forEach(each -> each.registration.close());
    pending.clear();
  }
}
