package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The batches that become durable with one `fsync`, all or none. Filled under the store's lock
/// until the writing task takes it.
final class Group {
  private final List<Change> changes = new ArrayList<>();
  private final Map<CoreState, Layer> layers = new LinkedHashMap<>();
  private long bytes;
  private int batches;

  /// What everybody who waits for the group holds.
  final Ticket ticket;

  /// Completes when the group is taken, which leaves room for the next.
  final CompletableFuture<Void> taken = new CompletableFuture<>();

  /// Whether more than usual is moved out of segments that are mostly dead.
  boolean reclaim;

  /// Whether the active segment is sealed before, full or not.
  boolean seal;

  /// How many bytes were moved out of segments that are mostly dead.
  long moved;

  Group(Tasks tasks) {
    this.ticket = new Ticket(tasks);
  }

  List<Change> changes() {
    return changes;
  }

  /// The layers over the cores that the group changes, in the order of the first changes.
  Map<CoreState, Layer> layers() {
    return layers;
  }

  long bytes() {
    return bytes;
  }

  int batches() {
    return batches;
  }

  /// Adds a batch, the states of whose cores are awake.
  void add(Batch batch) {
    for (Change change : batch.changes()) {
      apply(change, change.core().state());
      changes.add(change);
    }
    bytes += batch.bytes();
    batches++;
  }

  private void apply(Change change, CoreState state) {
    Layer layer = layer(state);
    boolean exists = state.exists();
    switch (change) {
      case Change.Drop drop -> {
        state.drops += exists ? 1 : 0;
        layer.drop();
        return;
      }
      case Change.PutBlock put -> layer.put(put.index(), put.value());
      case Change.PutNode put -> layer.put(put.node());
      case Change.Clear clear -> layer.clear(clear.from(), clear.to());
      case Change.SetHead set -> {
        if (set.head().length() < state.latestHead().length()) {
          layer.cut(set.head().length());
        }
        layer.head = set.head();
      }
    }
    if (!exists) {
      layer.header = change.core().ownHeader();
    }
  }

  private Layer layer(CoreState state) {
    Layer layer = state.queued;
    if (layer == null) {
      layer = new Layer();
      state.queued = layer;
      state.dirty = true;
      layers.put(state, layer);
    }
    return layer;
  }
}
