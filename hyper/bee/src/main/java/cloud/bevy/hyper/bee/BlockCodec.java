package cloud.bevy.hyper.bee;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bee's blocks in bytes: protobuf's `Node { bytes index = 1; bytes key = 2; bytes value = 3 }`,
/// where the index is `YoloIndex { repeated Level { packed keys = 1; packed children = 2 } }`. The
/// reference is hyperbee's `lib/messages.js`.
final class BlockCodec {
  /// The tree's nodes have 8 keys at most, and a change writes two nodes a level at most.
  static final int MAX_PAGES = 256;

  static final int MAX_KEYS = 256;

  private static final int INDEX = 1;
  private static final int KEY = 2;
  private static final int VALUE = 3;
  private static final int LEVEL = 1;
  private static final int KEYS = 1;
  private static final int CHILDREN = 2;

  private BlockCodec() {}

  /// Decodes a block, apart from its nodes.
  ///
  /// @param bytes in an array
  static Block read(long sequence, ByteBuffer bytes) throws MalformedException {
    Fields fields = Fields.read(bytes);
    byte[] index = fields.copy(fields.indexStart, fields.indexEnd);
    byte[] key = fields.copy(fields.keyStart, fields.keyEnd);
    return new Block(sequence, key, kept(fields, bytes.remaining()), index);
  }

  /// The value in a block's bytes.
  ///
  /// @param bytes in an array
  static byte[] readValue(ByteBuffer bytes) throws MalformedException {
    Fields fields = Fields.read(bytes);
    return fields.valueStart < 0 ? new byte[0] : fields.copy(fields.valueStart, fields.valueEnd);
  }

  private static Block.Value kept(Fields fields, int size) {
    if (fields.valueStart < 0) {
      return new Block.Value.None();
    }
    return size > Block.MAX_KEPT
        ? new Block.Value.Elsewhere()
        : new Block.Value.Kept(fields.copy(fields.valueStart, fields.valueEnd));
  }

  /// Decodes a block's nodes.
  static StoredPage[] readPages(Block block, byte[] index) throws MalformedException {
    List<StoredPage> pages = new ArrayList<>(2);
    ProtobufReader reader = new ProtobufReader(index, 0, index.length);
    while (reader.hasMore()) {
      long tag = reader.number();
      if (tag != (LEVEL << 3 | ProtobufReader.BYTES)) {
        reader.skip((int) tag & 7);
        continue;
      }
      if (pages.size() == MAX_PAGES) {
        throw new MalformedException("it has more than " + MAX_PAGES + " nodes");
      }
      int start = reader.bytes();
      pages.add(readPage(block, new ProtobufReader(index, start, reader.position())));
    }
    return pages.toArray(StoredPage[]::new);
  }

  private static StoredPage readPage(Block block, ProtobufReader reader) throws MalformedException {
    Numbers keys = new Numbers(MAX_KEYS);
    Numbers children = new Numbers(2 * (MAX_KEYS + 1));
    while (reader.hasMore()) {
      long tag = reader.number();
      if (tag == (KEYS << 3 | ProtobufReader.BYTES)) {
        keys.readPacked(reader);
      } else if (tag == (CHILDREN << 3 | ProtobufReader.BYTES)) {
        children.readPacked(reader);
      } else {
        reader.skip((int) tag & 7);
      }
    }
    checkShape(keys, children);
    return new StoredPage(block, keys.toArray(), children.toArray());
  }

  private static void checkShape(Numbers keys, Numbers children) throws MalformedException {
    if (children.count != 0 && children.count != 2 * (keys.count + 1)) {
      throw new MalformedException(
          "a node has %d keys and %d numbers for children".formatted(keys.count, children.count));
    }
    for (int i = 1; i < children.count; i += 2) {
      if (children.values[i] >= MAX_PAGES) {
        throw new MalformedException("a child is node " + children.values[i] + " of a block");
      }
    }
  }

  /// Encodes a block.
  ///
  /// @param value nothing for a deletion
  static byte[] write(byte[] index, byte[] key, byte @Nullable [] value) {
    int size = ProtobufWriter.fieldSize(index.length) + ProtobufWriter.fieldSize(key.length);
    size += value == null ? 0 : ProtobufWriter.fieldSize(value.length);
    ProtobufWriter writer = new ProtobufWriter(size);
    writer.field(INDEX, index).field(KEY, key);
    if (value != null) {
      writer.field(VALUE, value);
    }
    return writer.finish();
  }

  /// Encodes the nodes that one block wrote, as they are now.
  static byte[] writeIndex(List<Slot> slots) {
    Sizes[] sizes = new Sizes[slots.size()];
    int total = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Sizes.of(slots.get(i).loaded());
      total += ProtobufWriter.fieldSize(sizes[i].level());
    }
    ProtobufWriter writer = new ProtobufWriter(total);
    for (int i = 0; i < sizes.length; i++) {
      writer.field(LEVEL, sizes[i].level());
      writeLevel(writer, slots.get(i).loaded(), sizes[i]);
    }
    return writer.finish();
  }

  private static void writeLevel(ProtobufWriter writer, WritePage page, Sizes sizes) {
    if (page.size() > 0) {
      writer.field(KEYS, sizes.keys);
      for (int i = 0; i < page.size(); i++) {
        writer.number(page.keySequence(i));
      }
    }
    if (!page.leaf()) {
      writer.field(CHILDREN, sizes.children);
      List<Slot> slots = page.slots();
      for (int i = 0; i < slots.size(); i++) {
        writer.number(slots.get(i).sequence()).number(slots.get(i).offset());
      }
    }
  }

  /// How many bytes a node's numbers take.
  private record Sizes(int keys, int children) {
    static Sizes of(WritePage page) {
      return new Sizes(page.keyBytes(), page.childBytes());
    }

    int level() {
      return (keys == 0 ? 0 : ProtobufWriter.fieldSize(keys))
          + (children == 0 ? 0 : ProtobufWriter.fieldSize(children));
    }
  }

  /// Where a block's fields are. Of a field that is there twice, the last one counts.
  private static final class Fields {
    private final byte[] bytes;
    private int indexStart = -1;
    private int indexEnd;
    private int keyStart = -1;
    private int keyEnd;
    private int valueStart = -1;
    private int valueEnd;

    private Fields(byte[] bytes) {
      this.bytes = bytes;
    }

    static Fields read(ByteBuffer block) throws MalformedException {
      Fields fields = new Fields(block.array());
      int start = block.arrayOffset() + block.position();
      ProtobufReader reader = new ProtobufReader(fields.bytes, start, start + block.remaining());
      while (reader.hasMore()) {
        fields.readField(reader);
      }
      if (fields.indexStart < 0 || fields.keyStart < 0) {
        throw new MalformedException("it has no index or no key");
      }
      return fields;
    }

    byte[] copy(int from, int to) {
      return Arrays.copyOfRange(bytes, from, to);
    }

    private void readField(ProtobufReader reader) throws MalformedException {
      long tag = reader.number();
      if (tag == (INDEX << 3 | ProtobufReader.BYTES)) {
        indexStart = reader.bytes();
        indexEnd = reader.position();
      } else if (tag == (KEY << 3 | ProtobufReader.BYTES)) {
        keyStart = reader.bytes();
        keyEnd = reader.position();
      } else if (tag == (VALUE << 3 | ProtobufReader.BYTES)) {
        valueStart = reader.bytes();
        valueEnd = reader.position();
      } else {
        reader.skip((int) tag & 7);
      }
    }
  }

  /// A list of numbers that knows its limit.
  private static final class Numbers {
    private final int limit;
    private long[] values = new long[8];
    private int count;

    Numbers(int limit) {
      this.limit = limit;
    }

    void readPacked(ProtobufReader reader) throws MalformedException {
      int start = reader.bytes();
      int end = reader.position();
      ProtobufReader packed = reader.slice(start, end);
      while (packed.hasMore()) {
        add(packed.number());
      }
    }

    private void add(long value) throws MalformedException {
      if (count == limit) {
        throw new MalformedException("a node has more than " + limit + " numbers");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    long[] toArray() {
      return Arrays.copyOf(values, count);
    }
  }
}
