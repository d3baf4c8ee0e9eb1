package cloud.bevy.foundation.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The BLAKE2b hash (RFC 7693), plain or keyed, of any length from 1 to 64 bytes: libsodium's
/// `crypto_generichash`. An object hashes one message at a time, is reused without allocating by
/// calling [#reset], and belongs to one task at a time.
public final class Blake2b {
  /// The longest hash and the longest key, in bytes.
  public static final int LONGEST = 64;

  /// The first 64 bits of the fractional parts of the square roots of the first eight primes.
  private static final long[] START = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
  };

  private static final int BLOCK = 128;

  /// From how many bytes at once libsodium is worth its call.
  static final int MANY = 4096;

  /// From how many bytes in all a message is worth one call that hashes it whole, and up to how
  /// many it is worth being put together for that.
  static final int SOME = 384;

  static final int WHOLE = 16 * 1024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int length;
  private final byte[] key;
  private final long[] state = new long[8];
  private final long[] words = new long[16];
  private final long[] vector = new long[16];
  private final byte[] buffer = new byte[BLOCK];
  private int filled;
  private long compressed;

  /// libsodium's state, made for the first large part of a message, and whether the message goes on
  /// in it.
  private @Nullable MemorySegment outside;

  private boolean isOutside;

  private Blake2b(int length, byte[] key) {
    if (length < 1 || length > LONGEST || key.length > LONGEST) {
      throw new IllegalArgumentException(
          "a hash has 1 to 64 bytes and a key at most 64, not " + length + " and " + key.length);
    }
    this.length = length;
    this.key = key.clone();
    reset();
  }

  /// A hasher without a key.
  ///
  /// @param length of the hash in bytes, 1 to 64
  public static Blake2b plain(int length) {
    return new Blake2b(length, new byte[0]);
  }

  /// A hasher with a key of at most 64 bytes.
  ///
  /// @param length of the hash in bytes, 1 to 64
  public static Blake2b keyed(int length, byte[] key) {
    return new Blake2b(length, key);
  }

  /// The 32-byte hash of the parts, one after the other.
  public static byte[] hash256(byte[]... parts) {
    return hash(plain(32), parts);
  }

  /// The 32-byte hash of the parts, one after the other, under a key.
  public static byte[] keyed256(byte[] key, byte[]... parts) {
    return hash(keyed(32, key), parts);
  }

  /// The 64-byte hash of the parts, one after the other.
  public static byte[] hash512(byte[]... parts) {
    return hash(plain(64), parts);
  }

  private static byte[] hash(Blake2b hasher, byte[]... parts) {
    for (byte[] part : parts) {
      hasher.update(part);
    }
    return hasher.digest();
  }

  /// A word that every hash starts from.
  static long start(int word) {
    return START[word];
  }

  /// Forgets the message, so that the next one can be hashed with the same key and length.
  public Blake2b reset() {
    System.arraycopy(START, 0, state, 0, 8);
    state[0] ^= 0x01010000L ^ ((long) key.length << 8) ^ length;
    compressed = 0;
    filled = 0;
    isOutside = false;
    if (key.length > 0) {
      System.arraycopy(key, 0, buffer, 0, key.length);
      Arrays.fill(buffer, key.length, BLOCK, (byte) 0);
      filled = BLOCK;
    }
    return this;
  }

  /// Adds one byte to the message.
  public Blake2b update(byte value) {
    if (isOutside) {
      return update(new byte[] {value});
    }
    makeRoom();
    buffer[filled++] = value;
    return this;
  }

  /// Adds eight bytes to the message: the number in little-endian order.
  public Blake2b updateLong(long value) {
    if (filled <= BLOCK - Long.BYTES && !isOutside) {
      LONGS.set(buffer, filled, value);
      filled += Long.BYTES;
      return this;
    }
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      update((byte) (value >>> shift));
    }
    return this;
  }

  /// Adds bytes to the message.
  public Blake2b update(byte[] bytes) {
    return update(bytes, 0, bytes.length);
  }

  /// Adds `count` bytes from `offset` on to the message.
  public Blake2b update(byte[] bytes, int offset, int count) {
    if (isOutside || (count >= MANY && goOutside(count))) {
      updateOutside(bytes, offset, count);
      return this;
    }
    int at = offset;
    int left = count;
    while (left > 0) {
      makeRoom();
      if (filled == 0 && left > BLOCK) {
        compress(bytes, at, false);
        at += BLOCK;
        left -= BLOCK;
        continue;
      }
      int part = Math.min(left, BLOCK - filled);
      System.arraycopy(bytes, at, buffer, filled, part);
      filled += part;
      at += part;
      left -= part;
    }
    return this;
  }

  /// Adds what remains in a buffer to the message; the buffer's position does not move.
  public Blake2b update(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      return update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return update(copy);
  }

  /// Ends the message with what remains in a buffer; the same as [#update(ByteBuffer)] and
  /// [#digest()], and faster where that is most of it. The hasher must be [#reset] before it is
  /// used again.
  public byte[] digest(ByteBuffer last) {
    int size = filled + last.remaining();
    boolean whole = compressed == 0 && key.length == 0 && !isOutside;
    if (!whole || size < SOME || size > WHOLE || !Sodium.pays(size)) {
      return update(last).digest();
    }
    byte[] message = Arrays.copyOf(buffer, size);
    last.get(last.position(), message, filled, last.remaining());
    return Sodium.hash(message, length);
  }

  /// Ends the message. The hasher must be [#reset] before it is used again.
  public byte[] digest() {
    byte[] hash = new byte[length];
    digest(hash, 0);
    return hash;
  }

  /// Ends the message and writes its hash into `into`, from `offset` on.
  public void digest(byte[] into, int offset) {
    if (isOutside && outside != null) {
      Sodium.endHash(outside, Sodium.slice(into, offset, length));
      return;
    }
    Arrays.fill(buffer, filled, BLOCK, (byte) 0);
    compressed -= BLOCK - filled;
    compress(buffer, 0, true);
    int whole = length & -Long.BYTES;
    for (int index = 0; index < whole; index += Long.BYTES) {
      LONGS.set(into, offset + index, state[index >>> 3]);
    }
    for (int index = whole; index < length; index++) {
      into[offset + index] = (byte) (state[index >>> 3] >>> ((index & 7) << 3));
    }
  }

  /// Hands a message, of which only a little was taken yet, over to libsodium.
  ///
  /// @param count how many bytes come next
  /// @return whether that is possible and pays
  private boolean goOutside(int count) {
    if (key.length > 0 || compressed > 0 || !Sodium.pays(count)) {
      return false;
    }
    if (outside == null) {
      outside = Sodium.hashState();
    }
    Sodium.beginHash(outside, length);
    isOutside = true;
    updateOutside(buffer, 0, filled);
    return true;
  }

  private void updateOutside(byte[] bytes, int offset, int count) {
    if (outside == null) {
      throw new IllegalStateException("the message was not handed over");
    }
    for (int done = 0; done < count; done += Sodium.MOST) {
      int part = Math.min(Sodium.MOST, count - done);
      Sodium.hash(outside, Sodium.slice(bytes, offset + done, part));
    }
  }

  /// A full buffer is compressed only when more comes: the last block is marked as the last.
  private void makeRoom() {
    if (filled == BLOCK) {
      compress(buffer, 0, false);
      filled = 0;
    }
  }

  private void compress(byte[] bytes, int offset, boolean last) {
    compressed += BLOCK;
    for (int index = 0; index < 16; index++) {
      words[index] = (long) LONGS.get(bytes, offset + index * Long.BYTES);
    }
    mix(last);
  }

  /// The compression function (RFC 7693, section 3.2). Messages of 2^64 bytes and more do not
  /// occur, so the upper half of the RFC's counter stays zero.
  private void mix(boolean last) {
    System.arraycopy(state, 0, vector, 0, 8);
    System.arraycopy(START, 0, vector, 8, 8);
    vector[12] ^= compressed;
    vector[14] ^= last ? -1L : 0L;
    Blake2bFirstRounds.mix(vector, words);
    Blake2bLastRounds.mix(vector, words);
    for (int index = 0; index < 8; index++) {
      state[index] ^= vector[index] ^ vector[index + 8];
    }
  }
}
