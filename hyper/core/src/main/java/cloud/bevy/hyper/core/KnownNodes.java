package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.TreeNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a reader knows before it checks a proof.
interface KnownNodes {
  /// The hash of a block that is to be checked, if it was computed with those of others.
  default byte @Nullable [] hash(Proof.Block block) {
    return null;
  }

  /// The node of the tree, checked before, if it is at hand: asking costs next to nothing.
  @Nullable TreeNode atHand(long index);

  /// The node of the tree, if the reader has it.
  Optional<TreeNode> find(long index);
}
