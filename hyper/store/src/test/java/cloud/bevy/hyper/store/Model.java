package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a store should hold, kept in plain maps: the oracle of the tests. A step changes the model
/// and says the same to a batch.
final class Model {
  private static final int LONGEST_LOOKED_AT = 400;

  /// A core as it should be.
  static final class Expected {
    final byte[] header;
    final TreeMap<Long, byte[]> blocks = new TreeMap<>();
    final TreeMap<Long, TreeNode> nodes = new TreeMap<>();
    Head head = Head.empty();

    Expected(byte[] header) {
      this.header = header;
    }

    Expected copy() {
      Expected copy = new Expected(header);
      copy.blocks.putAll(blocks);
      copy.nodes.putAll(nodes);
      copy.head = head;
      return copy;
    }
  }

  /// The core that a change is made to, and the batch that is to say so.
  record Target(Store store, Batch batch, CoreId id) {
    StoredCore core() {
      return handle(store, id);
    }
  }

  /// One change, as it is made to the model and to a batch.
  interface Step {
    void in(Model model, Store store, Batch batch);
  }

  final TreeMap<CoreId, Expected> cores = new TreeMap<>();

  Model copy() {
    Model copy = new Model();
    cores.forEach((id, core) -> copy.cores.put(id, core.copy()));
    return copy;
  }

  static CoreId id(int number) {
    byte[] bytes = new byte[CoreId.BYTES];
    new SplittableRandom(number).nextBytes(bytes);
    return CoreId.of(bytes);
  }

  /// The handle to a core, which is created if it does not exist; without a store, one that only
  /// has the name.
  static StoredCore handle(Store store, CoreId id) {
    return store == null
        ? new StoredCore(null, id, header(id), 0, 0)
        : store.find(id).orElseGet(() -> store.create(id, header(id)));
  }

  static byte[] header(CoreId id) {
    return ("header of " + id).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /// A block that says where it belongs.
  static byte[] content(SplittableRandom random, long index, int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    if (length >= Long.BYTES) {
      ByteBuffer.wrap(content).putLong(index);
    }
    return content;
  }

  /// A batch of one to `most` changes of random cores, of which there are `cores`.
  List<Step> randomBatch(SplittableRandom random, int most, int cores, int largest) {
    List<Step> steps = new ArrayList<>();
    int count = random.nextInt(1, most + 1);
    for (int i = 0; i < count; i++) {
      steps.add(randomStep(random, id(random.nextInt(cores)), largest));
    }
    return steps;
  }

  private static Step randomStep(SplittableRandom random, CoreId id, int largest) {
    long seed = random.nextLong();
    int kind = random.nextInt(100);
    if (kind < 70) {
      int blocks = random.nextInt(1, 6);
      return (model, store, batch) ->
          model.append(new SplittableRandom(seed), new Target(store, batch, id), blocks, largest);
    }
    double part = random.nextDouble();
    if (kind < 82) {
      return (model, store, batch) -> model.truncate(new Target(store, batch, id), part);
    }
    if (kind < 93) {
      double length = random.nextDouble();
      return (model, store, batch) -> model.clear(new Target(store, batch, id), part, length);
    }
    if (kind < 97) {
      return (model, store, batch) -> model.drop(new Target(store, batch, id));
    }
    return (model, store, batch) ->
        model.scatter(new SplittableRandom(seed), new Target(store, batch, id), largest);
  }

  void append(SplittableRandom random, Target target, int blocks, int largest) {
    StoredCore core = target.core();
    Batch batch = target.batch;
    Expected expected = cores.computeIfAbsent(target.id, fresh -> new Expected(header(fresh)));
    Head head = expected.head;
    for (long index = head.length(); index < head.length() + blocks; index++) {
      byte[] content = content(random, index, random.nextInt(largest));
      expected.blocks.put(index, content);
      batch.block(core, index, ByteBuffer.wrap(content));
      for (long node = 2 * index, depth = 0; ; depth++) {
        TreeNode made = node(random, node);
        expected.nodes.put(node, made);
        batch.node(core, made);
        if ((index + 1 & (1L << depth)) != 0) {
          break;
        }
        node -= 1L << depth;
      }
    }
    set(core, batch, expected, head(random, head.length() + blocks, head.fork()));
  }

  void truncate(Target target, double part) {
    Expected expected = cores.get(target.id);
    if (expected != null) {
      long length = (long) (expected.head.length() * part);
      SplittableRandom random = new SplittableRandom(length);
      expected.blocks.tailMap(length).clear();
      expected.nodes.keySet().removeIf(i -> TreeNode.position(i) >= TreeNode.completedBy(length));
      Head head = head(random, length, expected.head.fork() + 1);
      set(target.core(), target.batch, expected, head);
    }
  }

  void clear(Target target, double part, double share) {
    Expected expected = cores.get(target.id);
    if (expected != null) {
      long from = (long) (expected.head.length() * part);
      long to = from + (long) ((expected.head.length() - from) * share) + 1;
      expected.blocks.subMap(from, to).clear();
      target.batch.clear(target.core(), from, to);
    }
  }

  void drop(Target target) {
    // Nothing else about the core is in this batch: a handle to what was dropped is stale.
    if (cores.containsKey(target.id)
        && target.batch.changes().stream().noneMatch(c -> c.core().id().equals(target.id))) {
      target.batch.drop(target.core());
      cores.remove(target.id);
    }
  }

  /// Puts blocks here and there below the head, as replication does.
  private void scatter(SplittableRandom random, Target target, int largest) {
    Expected expected = cores.get(target.id);
    if (expected == null || expected.head.length() == 0) {
      return;
    }
    for (int i = 0; i < 12; i++) {
      long index = random.nextLong(expected.head.length());
      byte[] content = content(random, index, random.nextInt(largest));
      expected.blocks.put(index, content);
      target.batch.block(target.core(), index, ByteBuffer.wrap(content));
    }
  }

  private static void set(StoredCore core, Batch batch, Expected expected, Head head) {
    expected.head = head;
    batch.head(core, head);
  }

  private static Head head(SplittableRandom random, long length, long fork) {
    byte[] rootHash = new byte[32];
    byte[] signature = new byte[67];
    random.nextBytes(rootHash);
    random.nextBytes(signature);
    return new Head(length, length * 10, fork, rootHash, signature);
  }

  private static TreeNode node(SplittableRandom random, long index) {
    byte[] hash = new byte[TreeNode.HASH_BYTES];
    random.nextBytes(hash);
    return new TreeNode(index, random.nextInt(1 << 20), hash);
  }

  /// Whether the store holds exactly this. What differs first is said by [#check].
  boolean matches(Store store) {
    try {
      check(store);
      return true;
    } catch (AssertionError differs) {
      return false;
    }
  }

  /// Compares everything.
  void check(Store store) {
    try (Stream<CoreId> names = store.cores()) {
      assertThat(names).containsExactlyElementsOf(cores.keySet());
    }
    cores.forEach((id, expected) -> check(store, id, expected));
  }

  private static void check(Store store, CoreId id, Expected expected) {
    StoredCore core = store.find(id).orElseThrow();
    assertThat(core.header()).isEqualTo(expected.header);
    assertThat(core.head()).isEqualTo(expected.head);
    long end = Math.min(LONGEST_LOOKED_AT, expected.head.length()) + 3;
    for (long index = 0; index < end; index++) {
      check(core, index, expected.blocks.get(index));
      for (long node = 2 * index; node < 2 * index + 2; node++) {
        assertThat(core.node(node)).isEqualTo(Optional.ofNullable(expected.nodes.get(node)));
        assertThat(core.hasNode(node)).isEqualTo(expected.nodes.containsKey(node));
      }
    }
    checkMap(core, expected, 0, end);
    checkMap(core, expected, end / 2, end);
  }

  private static void checkMap(StoredCore core, Expected expected, long from, long to) {
    BitSet blocks = core.blocks(from, to);
    assertThat(blocks.length()).isLessThanOrEqualTo((int) (to - from));
    for (long index = from; index < to; index++) {
      assertThat(blocks.get((int) (index - from))).isEqualTo(expected.blocks.containsKey(index));
    }
  }

  private static void check(StoredCore core, long index, byte[] content) {
    BlockLookup found = core.block(index);
    if (content == null) {
      assertThat(found).isEqualTo(new BlockLookup.Missing(index));
    } else {
      assertThat(found).isInstanceOf(BlockLookup.Found.class);
      assertThat(((BlockLookup.Found) found).toArray()).isEqualTo(content);
    }
    assertThat(core.has(index)).isEqualTo(content != null);
  }
}
