package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The nodes of a tree that a reader has checked before.
interface KnownNodes {
  /// The node, if it is at hand: asking costs next to nothing.
  @Nullable TreeNode atHand(long index);

  /// The node, if the reader has it.
  Optional<TreeNode> find(long index);
}
