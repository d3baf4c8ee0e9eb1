package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Live frames of one run that are written again at the end of the log, so that their segment can
/// be deleted.
final class Relocation {
  final CoreState state;
  final Sequence sequence;
  final Run run;
  final byte kind;
  final List<Item> items = new ArrayList<>();

  /// One past the last key that was looked at.
  long to;

  /// A frame to write again.
  ///
  /// @param index the block's index, or the node's in the tree
  /// @param key the key in the sequence
  record Item(long index, long key, ByteBuffer payload) {}

  Relocation(CoreState state, boolean node, Run run) {
    this.state = state;
    this.sequence = node ? state.nodes : state.blocks;
    this.kind = node ? Frame.NODE : Frame.BLOCK;
    this.run = run;
    this.to = run.from();
  }
}
