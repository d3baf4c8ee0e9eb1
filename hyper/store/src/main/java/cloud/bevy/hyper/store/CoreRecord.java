package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A core as a checkpoint holds it.
///
/// @param headLost whether a later head was met damaged, so that this one must not be built upon
record CoreRecord(
    CoreId id, byte[] header, Head head, boolean headLost, List<Run> blocks, List<Run> nodes) {
  private static final int FIXED =
      CoreId.BYTES + 2 + 3 * Long.BYTES + 1 + 2 + 1 + 2 * Integer.BYTES;

  int encoded() {
    return FIXED
        + header.length
        + head.rootHash().length
        + head.signature().length
        + Run.ENCODED * (blocks.size() + nodes.size());
  }

  void write(ByteBuffer into) {
    into.put(id.bytes()).putShort((short) header.length).put(header);
    writeHead(into, head);
    into.put((byte) (headLost ? 1 : 0));
    writeRuns(into, blocks);
    writeRuns(into, nodes);
  }

  /// Reads a record whose checksum was right.
  static CoreRecord read(ByteBuffer from) {
    CoreId id = CoreId.read(from);
    byte[] header = bytes(from, Short.toUnsignedInt(from.getShort()));
    Head head = readHead(from);
    boolean headLost = from.get() != 0;
    return new CoreRecord(id, header, head, headLost, readRuns(from), readRuns(from));
  }

  static int encoded(Head head) {
    return 3 * Long.BYTES + 1 + 2 + head.rootHash().length + head.signature().length;
  }

  static void writeHead(ByteBuffer into, Head head) {
    into.putLong(head.length()).putLong(head.byteLength()).putLong(head.fork());
    into.put((byte) head.rootHash().length).put(head.rootHash());
    into.putShort((short) head.signature().length).put(head.signature());
  }

  static Head readHead(ByteBuffer from) {
    long length = from.getLong();
    long byteLength = from.getLong();
    long fork = from.getLong();
    byte[] rootHash = bytes(from, Byte.toUnsignedInt(from.get()));
    byte[] signature = bytes(from, Short.toUnsignedInt(from.getShort()));
    return new Head(length, byteLength, fork, rootHash, signature);
  }

  private static void writeRuns(ByteBuffer into, List<Run> runs) {
    into.putInt(runs.size());
    runs.forEach(run -> run.write(into));
  }

  private static List<Run> readRuns(ByteBuffer from) {
    int count = from.getInt();
    List<Run> runs = new ArrayList<>(Math.min(count, from.remaining() / Run.ENCODED));
    for (int i = 0; i < count; i++) {
      runs.add(Run.read(from));
    }
    return runs;
  }

  private static byte[] bytes(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }
}
