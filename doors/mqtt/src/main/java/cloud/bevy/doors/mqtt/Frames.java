package cloud.bevy.doors.mqtt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The packets that come over a [Line]. Of a client that is silent a few hundred bytes are kept;
/// for a large packet there is as much room as has come of it, and not as much as it promises.
final class Frames {
  /// The largest packet of a client, in bytes: what a message may hold, and what is said of it.
  static final int MOST_BYTES = (1 << 20) + (64 << 10);

  /// The largest first packet.
  static final int MOST_FIRST = 96 << 10;

  private static final int SMALL = 256;
  private static final int LARGE = 32 << 10;
  private static final int LONGEST_HEAD = 5;
  private static final int SEVEN = 0x7f;

  private final Line line;
  private ByteBuffer buffer = ByteBuffer.allocate(SMALL).flip();
  private int most = MOST_FIRST;

  Frames(Line line) {
    this.line = line;
  }

  /// Takes packets as large as they may be from now on.
  void trust() {
    most = MOST_BYTES;
  }

  /// Whether a packet is here already.
  boolean ready() throws Violation {
    return size() > 0 && buffer.remaining() >= size();
  }

  /// Waits for the next packet, which is good until the one after it is asked for.
  ///
  /// @param heard done whenever something has come
  /// @return nothing once the other side has closed
  Optional<Frame> next(Runnable heard) throws IOException, Violation {
    while (!ready()) {
      makeRoom();
      int end = buffer.limit();
      buffer.limit(buffer.capacity());
      int start = buffer.position();
      buffer.position(end);
      int count;
      try {
        count = line.read(buffer);
      } finally {
        buffer.limit(buffer.position()).position(start);
      }
      if (count < 0) {
        return Optional.empty();
      }
      heard.run();
    }
    int size = size();
    ByteBuffer packet = buffer.slice(buffer.position(), size);
    buffer.position(buffer.position() + size);
    int first = packet.get() & 0xff;
    while (packet.get() < 0) {
      // The rest of the length.
    }
    PacketType type = PacketType.of(first);
    return Optional.of(new Frame(type, first & 0xf, new Fields(packet)));
  }

  /// The size of the packet that has begun to come; 0 while that is not known.
  private int size() throws Violation {
    int length = 0;
    for (int i = 1; i < LONGEST_HEAD; i++) {
      if (buffer.remaining() <= i) {
        return 0;
      }
      int octet = buffer.get(buffer.position() + i) & 0xff;
      length |= (octet & SEVEN) << ((Byte.SIZE - 1) * (i - 1));
      if (octet <= SEVEN) {
        if (1 + i + length > most) {
          throw new Violation(Reason.PACKET_TOO_LARGE, "a packet of " + length + " bytes");
        }
        return 1 + i + length;
      }
    }
    throw Violation.malformed("a length has more than four bytes");
  }

  private void makeRoom() throws Violation {
    int held = buffer.remaining();
    if (held == 0 && buffer.capacity() > LARGE) {
      buffer = ByteBuffer.allocate(LARGE).flip();
    } else if (held == buffer.capacity()) {
      buffer = ByteBuffer.allocate(2 * held).put(buffer).flip();
    } else if (buffer.limit() == buffer.capacity()) {
      boolean grows = buffer.capacity() < LARGE && buffer.position() > 0;
      ByteBuffer next = grows ? ByteBuffer.allocate(LARGE) : buffer.duplicate().clear();
      next.put(buffer).flip();
      buffer = next;
    }
  }
}
