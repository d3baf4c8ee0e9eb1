package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;

/// One change to one core, as a batch holds it.
sealed interface Change {
  StoredCore core();

  record PutBlock(StoredCore core, long index, ByteBuffer value) implements Change {}

  record PutNode(StoredCore core, TreeNode node) implements Change {}

  record SetHead(StoredCore core, Head head) implements Change {}

  record Clear(StoredCore core, long from, long to) implements Change {}

  record Drop(StoredCore core) implements Change {}
}
