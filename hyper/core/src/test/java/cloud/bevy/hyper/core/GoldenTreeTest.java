package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.bytes;
import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.store.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GoldenTreeTest {
  private final JsonNode crypto = Golden.crypto();
  private final JsonNode single = Golden.hypercore().get("singleSigner");

  @Test
  void leavesAndParentsHashAsInJavaScript() {
    TreeHasher hasher = new TreeHasher();
    for (JsonNode sample : crypto.get("leaf")) {
      assertThat(hex(hasher.leafHash(ByteBuffer.wrap(bytes(sample.get("data"))))))
          .isEqualTo(sample.get("hash").asText());
    }
    for (JsonNode sample : crypto.get("parent")) {
      TreeNode parent =
          hasher.parent(Golden.node(sample.get("left")), Golden.node(sample.get("right")));
      assertThat(parent).isEqualTo(Golden.node(sample));
    }
  }

  @Test
  void rootsHashAsInJavaScript() {
    for (JsonNode sample : crypto.get("tree")) {
      MerkleTree tree = new MerkleTree(Golden.nodes(sample.get("roots")));
      assertThat(hex(tree.hash())).isEqualTo(sample.get("hash").asText());
    }
  }

  @Test
  void fullRootsAreThoseOfJavaScript() {
    for (JsonNode sample : crypto.get("flatTree")) {
      assertThat(FlatTree.fullRoots(sample.get("length").asLong()))
          .containsExactly(
              sample.get("fullRoots").valueStream().mapToLong(JsonNode::asLong).toArray());
    }
  }

  @Test
  void aTreeGrowsAsInJavaScript() {
    List<TreeNode> nodes = new ArrayList<>();
    MerkleTree tree = new MerkleTree();
    for (JsonNode sample : single.get("lengths")) {
      byte[] block = Golden.block((int) tree.length());
      assertThat(hex(block)).isEqualTo(single.get("blocks").get((int) tree.length()).asText());
      tree.append(block, nodes::add);
      assertThat(tree.length()).isEqualTo(sample.get("length").asLong());
      assertThat(tree.byteLength()).isEqualTo(sample.get("byteLength").asLong());
      assertThat(tree.roots()).isEqualTo(Golden.nodes(sample.get("roots")));
      assertThat(hex(tree.hash())).isEqualTo(sample.get("treeHash").asText());
    }
    nodes.sort(Comparator.comparingLong(TreeNode::index));
    assertThat(nodes).isEqualTo(Golden.nodes(single.get("nodes")));
  }

  @Property(tries = 200)
  void aTreeIsWhollyKnownByItsRoots(
      @ForAll @IntRange(max = 200) int length, @ForAll @IntRange(max = 40) int more) {
    MerkleTree whole = Golden.tree(length + more);
    MerkleTree resumed = new MerkleTree(Golden.tree(length).roots());
    Golden.blocks(length, length + more).forEach(block -> resumed.append(block, _ -> {}));
    assertThat(resumed.hash()).isEqualTo(whole.hash());
    assertThat(resumed.byteLength()).isEqualTo(whole.byteLength());
  }

  @Property(tries = 500)
  void theNodesThatCoverARangeAreDisjointAndLeaveNothingOut(
      @ForAll @LongRange(max = 1L << 40) long from, @ForAll @LongRange(max = 5000) long count) {
    long at = from;
    for (long node : FlatTree.cover(from, from + count)) {
      assertThat(FlatTree.leftSpan(node)).isEqualTo(2 * at);
      at += FlatTree.leaves(node);
      assertThat(FlatTree.rightSpan(node)).isEqualTo(2 * at - 2);
    }
    assertThat(at).isEqualTo(from + count);
  }

  @Property(tries = 500)
  void parentsAndChildrenFindOneAnother(@ForAll @LongRange(max = 1L << 50) long index) {
    long parent = FlatTree.parent(index);
    long sibling = FlatTree.sibling(index);
    assertThat(FlatTree.parent(sibling)).isEqualTo(parent);
    assertThat(FlatTree.leftChild(parent)).isEqualTo(Math.min(index, sibling));
    assertThat(FlatTree.rightChild(parent)).isEqualTo(Math.max(index, sibling));
    assertThat(FlatTree.contains(parent, index)).isTrue();
    assertThat(FlatTree.contains(index, parent)).isFalse();
    assertThat(FlatTree.index(FlatTree.depth(index), FlatTree.offset(index))).isEqualTo(index);
  }

  @Test
  void whatIsNotATreeIsRefused() {
    TreeNode leaf = Golden.tree(1).roots().getFirst();
    TreeNode third = new TreeNode(4, 1, leaf.hash());
    assertThatThrownBy(() -> new MerkleTree(List.of(third)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MerkleTree(List.of(leaf, leaf)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FlatTree.leftChild(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FlatTree.cover(3, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
