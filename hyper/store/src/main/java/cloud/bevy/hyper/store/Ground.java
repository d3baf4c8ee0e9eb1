package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.World;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// What all parts of an open store stand on.
final class Ground {
  final World world;
  final Layout layout;
  final StoreLimits limits;

  /// What all files of the store bear, so that those of another store are recognised.
  final long id;

  /// Guards everything in memory; never held over I/O.
  final ReentrantLock lock = new ReentrantLock();

  final Ledger ledger = new Ledger();
  final OpenFiles files;
  final LogIndexes indexes = new LogIndexes(this);
  final AtomicLong syncs = new AtomicLong();
  final AtomicLong damage = new AtomicLong();

  Ground(World world, Layout layout, StoreLimits limits, long id) {
    this.world = world;
    this.layout = layout;
    this.limits = limits;
    this.id = id;
    this.files = new OpenFiles(world.disk(), limits.openFiles());
  }

  Disk disk() {
    return world.disk();
  }

  /// Counts something damaged and tells the person who runs the program.
  void damaged(String what) {
    damage.incrementAndGet();
    world
        .log()
        .error(
            what
                + " in the store "
                + layout.directory()
                + ": the disk may be failing; copy the folder and restore what is missing from a"
                + " replica or a backup");
  }
}
