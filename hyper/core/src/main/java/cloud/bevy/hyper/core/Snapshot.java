package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Tail.View;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import java.time.Duration;
import java.util.Optional;

/// A core as it was at one length and fork, whatever is appended later. Where the core is cut below
/// that, the blocks that were cut are missing: they are not kept for snapshots. Costs a few bytes,
/// and need not be closed.
public final class Snapshot {
  private final Core core;
  private final View view;

  Snapshot(Core core, View view) {
    this.core = core;
    this.view = view;
  }

  /// The core.
  public Core core() {
    return core;
  }

  /// How many blocks there are to be seen.
  public long length() {
    return head().length();
  }

  /// The fork the core had.
  public long fork() {
    return head().fork();
  }

  /// Where the core ended.
  public Head head() {
    return view.head();
  }

  /// Looks a block up, here only.
  public BlockLookup get(long index) {
    return inside(index) ? still(core.get(index), index) : new BlockLookup.Missing(index);
  }

  /// Looks a block up, and has it fetched where it is missing: [Core#read].
  public BlockLookup read(long index, Duration deadline) throws InterruptedException {
    return inside(index)
        ? still(core.read(index, deadline), index)
        : new BlockLookup.Missing(index);
  }

  /// Which block has a byte: [Core#seek(long)].
  public Optional<Place> seek(long offset) {
    return core.seek(offset).filter(place -> inside(place.index()));
  }

  /// Which block has a byte: [Core#seek(long, Duration)].
  public Optional<Place> seek(long offset, Duration deadline) throws InterruptedException {
    return core.seek(offset, deadline).filter(place -> inside(place.index()));
  }

  /// What was read while the core was cut may be a later block of the same index.
  private BlockLookup still(BlockLookup found, long index) {
    return inside(index) ? found : new BlockLookup.Missing(index);
  }

  private boolean inside(long index) {
    return index >= 0 && index < length() && index < core.tail().common(view.era());
  }
}
