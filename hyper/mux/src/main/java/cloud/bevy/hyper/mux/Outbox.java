package cloud.bevy.hyper.mux;

import cloud.bevy.hyper.stream.MessageStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Messages that wait to be written, put together to frames: one message as it is, several as a
/// batch. Its owner holds a lock around every call.
final class Outbox {
  /// How long a batch becomes before the next one is begun, in bytes.
  static final int BATCH = 64 * 1024;

  /// How much a frame can be longer than its only message.
  static final int MOST_AROUND = 32;

  private static final int SMALL = 256;
  private static final int MOST_SPARE = 16;
  private static final int LONGEST_UINT = 9;

  private static final byte[] NONE = {};

  private final List<ByteBuffer> finished = new ArrayList<>();

  /// What finished frames were made in and others can be.
  private final Deque<byte[]> spare = new ArrayDeque<>();

  private byte[] batch = NONE;
  private int end;
  private int messages;
  private int channel;
  private int firstAt;
  private int capacity = SMALL;
  private long size;

  /// How many bytes wait.
  long size() {
    return size + end;
  }

  boolean isEmpty() {
    return finished.isEmpty() && end == 0;
  }

  /// Whether a whole batch waits.
  boolean hasFinished() {
    return !finished.isEmpty();
  }

  /// Adds a message.
  ///
  /// @param to the channel's number on this side; 0 for what concerns the channels themselves
  void add(int to, int type, ByteBuffer... body) {
    int count = uintSize(type);
    for (ByteBuffer part : body) {
      count = Math.addExact(count, part.remaining());
    }
    if (count > MessageStream.MAXIMUM_MESSAGE - MOST_AROUND) {
      throw new IllegalArgumentException("a message of " + count + " bytes does not fit");
    }
    if (end > 0 && end + count > BATCH) {
      finish();
    }
    begin(to, count);
    putUint(count);
    if (messages == 0) {
      firstAt = end;
    }
    putUint(type);
    for (ByteBuffer part : body) {
      part.get(part.position(), batch, end, part.remaining());
      end += part.remaining();
    }
    messages++;
  }

  private void begin(int to, int count) {
    room(count + MOST_AROUND);
    if (end == 0) {
      batch[end++] = 0;
      batch[end++] = 0;
      putUint(to);
    } else if (to != channel) {
      batch[end++] = 0;
      putUint(to);
    }
    channel = to;
  }

  private void room(int count) {
    if (batch.length - end < count) {
      int wanted = end == 0 ? capacity : Math.min(2 * batch.length, BATCH + MOST_AROUND);
      byte[] larger = spare.isEmpty() ? NONE : spare.removeLast();
      if (larger.length < end + count) {
        larger = new byte[Math.max(end + count, wanted)];
      }
      System.arraycopy(batch, 0, larger, 0, end);
      batch = larger;
    }
  }

  private void putUint(int value) {
    if (value <= 0xfc) {
      batch[end++] = (byte) value;
    } else if (value <= 0xffff) {
      batch[end++] = (byte) 0xfd;
      batch[end++] = (byte) value;
      batch[end++] = (byte) (value >>> 8);
    } else {
      batch[end++] = (byte) 0xfe;
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        batch[end++] = (byte) (value >>> shift);
      }
    }
  }

  private static int uintSize(int value) {
    return value <= 0xfc ? 1 : value <= 0xffff ? 3 : 5;
  }

  /// Ends a frame. A single message needs no batch around it: its channel stands right before it.
  private void finish() {
    int start = 0;
    int stop = end;
    if (messages == 1) {
      start = firstAt - uintSize(channel);
      end = start;
      putUint(channel);
    }
    finished.add(ByteBuffer.wrap(batch, start, stop - start));
    size += stop - start;
    capacity = Math.clamp(stop + LONGEST_UINT, SMALL, BATCH + MOST_AROUND);
    batch = NONE;
    end = 0;
    messages = 0;
  }

  /// Takes back what was taken and is written, to make other frames in it.
  @SuppressWarnings("ByteBufferBackingArray") // frames were made here, over arrays
  void reuse(List<ByteBuffer> written) {
    for (ByteBuffer frame : written) {
      byte[] room = frame.array();
      if (room.length > BATCH && room.length <= 2 * BATCH && spare.size() < MOST_SPARE) {
        spare.addLast(room);
      }
    }
  }

  /// Holds no more memory than what waits takes.
  void rest() {
    spare.clear();
  }

  /// Takes the frames that are there.
  ///
  /// @param all also what could still grow
  List<ByteBuffer> take(boolean all) {
    if (all && end > 0) {
      finish();
    }
    List<ByteBuffer> taken = List.copyOf(finished);
    finished.clear();
    size = 0;
    return taken;
  }
}
