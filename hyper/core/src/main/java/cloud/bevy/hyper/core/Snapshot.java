package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.BlockLookup;
import java.time.Duration;
import java.util.Optional;

/// A core as it was at one length and fork, whatever is appended later. Where the core is cut below
/// that, the blocks that were cut are missing: they are not kept for snapshots.
public final class Snapshot {
  /// How many blocks there are to be seen.
  public long length() {
    throw new UnsupportedOperationException();
  }

  /// The fork the core had.
  public long fork() {
    throw new UnsupportedOperationException();
  }

  /// Looks a block up, here only.
  public BlockLookup get(long index) {
    throw new UnsupportedOperationException();
  }

  /// Looks a block up, and has it fetched where it is missing: [Core#read].
  public BlockLookup read(long index, Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Which block has a byte: [Core#seek].
  public Optional<Place> seek(long offset) {
    throw new UnsupportedOperationException();
  }

  /// Which block has a byte: [Core#seek(long, Duration)].
  public Optional<Place> seek(long offset, Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }
}
