package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.BlockLookup;
import java.time.Duration;

/// Has blocks fetched that somebody will read soon, so that their ways through the network overlap.
/// Does nothing for a core without patience, nor for blocks that are here. What it starts ends by
/// itself.
public final class ReadAhead {
  private final Tasks tasks;
  private final Core core;
  private final Duration patience;

  /// @param patience how long to go on for a block; zero for never beginning
  public ReadAhead(World world, Core core, Duration patience) {
    this.tasks = world.tasks();
    this.core = core;
    this.patience = patience;
  }

  /// Whether anything is ever fetched.
  public boolean fetches() {
    return patience.isPositive();
  }

  /// One block will be read.
  public void expect(long index) {
    if (fetches() && !core.has(index)) {
      tasks.start("read ahead", () -> await(index));
    }
  }

  /// The blocks from `from` up to but not including `to` will be read.
  public void expect(long from, long to) {
    long first = from;
    while (fetches() && first < to && core.has(first)) {
      first++;
    }
    if (fetches() && first < to) {
      long start = first;
      tasks.start("read ahead", () -> fetch(start, to));
    }
  }

  private void fetch(long from, long to) {
    try (Registration _ = core.download(from, to)) {
      for (long index = from; index < to && await(index); index++) {}
    }
  }

  /// @return whether the block came
  private boolean await(long index) {
    try {
      return core.read(index, patience) instanceof BlockLookup.Found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      return false; // whoever reads the block meets the same fault, and is told
    }
  }
}
