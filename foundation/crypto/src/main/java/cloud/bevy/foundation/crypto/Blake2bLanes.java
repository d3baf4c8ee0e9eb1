package cloud.bevy.foundation.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Plain BLAKE2b of many messages of one length, side by side: in Java, and in less time than Java
/// takes for one after the other; with wide vectors in less time than libsodium takes too. It takes
/// as long for few as for many. Belongs to one task at a time.
public final class Blake2bLanes {
  /// The most messages at once.
  public static final int MOST = Blake2bLaneRounds.LANES;

  /// From how many messages on it takes less time than one after the other.
  static final int FEWEST = 20;

  /// The same with wide vectors, beside libsodium.
  static final int FEWEST_WIDE = 12;

  /// From how many bytes on; of shorter messages too much is filled up.
  static final int SHORTEST = 512;

  private static final int BLOCK = 128;

  /// How many blocks of a message are loaded at once: messages often begin at the same place of a
  /// page, and so what was fetched of the one is gone once all others have had their turn.
  private static final int AT_ONCE = 4;

  private static final int WORDS = BLOCK / Long.BYTES;
  private static final int HALF = WORDS / 2 * MOST;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int length;
  private final long[] hashes = new long[HALF];
  private final long[] state = new long[2 * HALF];
  private final long[][][] words = new long[AT_ONCE][WORDS][MOST];
  private final byte[] edge = new byte[AT_ONCE * BLOCK];

  /// @param length of the hashes in bytes, a multiple of 8 up to 64
  public Blake2bLanes(int length) {
    if (length < Long.BYTES || length > Blake2b.LONGEST || length % Long.BYTES > 0) {
      throw new IllegalArgumentException("a hash of " + length + " bytes is not made here");
    }
    this.length = length;
  }

  /// Whether it takes less time than one after the other.
  ///
  /// @param size of each message, at most 16 MiB
  public static boolean pays(int messages, int size) {
    if (messages < FEWEST_WIDE || size < SHORTEST) {
      return false;
    }
    boolean sodium = Sodium.pays(messages * size);
    return sodium ? WideVectors.THERE : messages >= FEWEST;
  }

  /// The hash of each message: `before` and one of `messages`.
  ///
  /// @param before what all messages begin with, less than 128 bytes
  /// @param messages at most [#MOST], in arrays, all of one length; they are left as they are
  public List<byte[]> hash(byte[] before, List<ByteBuffer> messages) {
    int size = messages.getFirst().remaining();
    if (before.length >= BLOCK
        || messages.size() > MOST
        || messages.stream().anyMatch(it -> it.remaining() != size || !it.hasArray())) {
      throw new IllegalArgumentException("messages are arrays of one length, at most " + MOST);
    }
    begin();
    long whole = (long) before.length + size;
    for (long done = 0; done == 0 || done < whole; done += AT_ONCE * BLOCK) {
      int blocks = Math.clamp((whole - done + BLOCK - 1) / BLOCK, 1, AT_ONCE);
      for (int lane = 0; lane < messages.size(); lane++) {
        load(before, messages.get(lane), (int) (done - before.length), blocks, lane);
      }
      for (int block = 0; block < blocks; block++) {
        long count = Math.min(whole, done + (block + 1L) * BLOCK);
        compress(words[block], count, count == whole);
      }
    }
    return end(messages.size());
  }

  private void begin() {
    for (int word = 0; word < WORDS / 2; word++) {
      Arrays.fill(hashes, word * MOST, (word + 1) * MOST, Blake2b.start(word));
    }
    for (int lane = 0; lane < MOST; lane++) {
      hashes[lane] ^= 0x01010000L ^ length;
    }
  }

  /// Loads a lane with blocks of its message, the first of which begins at `at`; before the message
  /// stands `before`, and behind it are zeros.
  @SuppressWarnings("tidy") // what is loaded, and where
  private void load(byte[] before, ByteBuffer message, int at, int blocks, int lane) {
    byte[] array = message.array();
    int start = message.arrayOffset() + message.position();
    if (at >= 0 && at <= message.remaining() - blocks * BLOCK) {
      for (int block = 0; block < blocks; block++) {
        load(array, start + at + block * BLOCK, words[block], lane);
      }
      return;
    }
    Arrays.fill(edge, (byte) 0);
    int skipped = Math.max(0, -at);
    System.arraycopy(before, before.length - skipped, edge, 0, skipped);
    int from = Math.max(0, at);
    int count = Math.min(blocks * BLOCK - skipped, message.remaining() - from);
    System.arraycopy(array, start + from, edge, skipped, count);
    for (int block = 0; block < blocks; block++) {
      load(edge, block * BLOCK, words[block], lane);
    }
  }

  private static void load(byte[] from, int at, long[][] words, int lane) {
    for (int word = 0; word < WORDS; word++) {
      words[word][lane] = (long) LONGS.get(from, at + word * Long.BYTES);
    }
  }

  private void compress(long[][] block, long count, boolean last) {
    System.arraycopy(hashes, 0, state, 0, HALF);
    for (int word = 0; word < WORDS / 2; word++) {
      long start = Blake2b.start(word);
      long mixed = word == 4 ? start ^ count : word == 6 && last ? ~start : start;
      Arrays.fill(state, HALF + word * MOST, HALF + (word + 1) * MOST, mixed);
    }
    Blake2bLaneRounds.mix(state, block);
    for (int at = 0; at < HALF; at++) {
      hashes[at] ^= state[at] ^ state[HALF + at];
    }
  }

  private List<byte[]> end(int lanes) {
    List<byte[]> all = new ArrayList<>(lanes);
    for (int lane = 0; lane < lanes; lane++) {
      byte[] hash = new byte[length];
      for (int at = 0; at < length; at += Long.BYTES) {
        LONGS.set(hash, at, hashes[at / Long.BYTES * MOST + lane]);
      }
      all.add(hash);
    }
    return all;
  }
}
