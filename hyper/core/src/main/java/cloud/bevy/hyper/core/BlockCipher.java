package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.XSalsa20;
import cloud.bevy.hyper.store.BlockLookup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Encrypts a core's blocks as hypercore's `lib/default-encryption.js` does: eight bytes, which are
/// the fork and hide it, then the block. The nonce is the block's index and these eight bytes, so
/// that none is used twice as long as no index is written twice under one fork. Nothing is
/// authenticated here: the core's tree is over the encrypted blocks.
final class BlockCipher {
  /// How much longer a block is for it.
  static final int PADDING = 8;

  /// The size of an encryption key, in bytes.
  static final int KEY = 32;

  private final byte[] encryptionKey;
  private final byte[] blockKey;
  private final byte[] blindingKey;

  /// @param encryptionKey 32 secret bytes
  BlockCipher(byte[] coreKey, byte[] encryptionKey) {
    if (encryptionKey.length != KEY) {
      throw new IllegalArgumentException(
          "an encryption key has 32 bytes, not " + encryptionKey.length);
    }
    this.encryptionKey = encryptionKey.clone();
    this.blockKey = Blake2b.hash256(Namespaces.encryption(), coreKey, encryptionKey);
    this.blindingKey = Blake2b.hash256(blockKey);
  }

  boolean hasKey(byte[] other) {
    return Arrays.equals(encryptionKey, other);
  }

  /// A block as it is stored.
  byte[] encrypt(long index, long fork, byte[] block) {
    byte[] stored = new byte[PADDING + block.length];
    System.arraycopy(block, 0, stored, PADDING, block.length);
    ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).putLong(0, fork);
    byte[] nonce = nonce(index);
    new XSalsa20(blindingKey).xor(nonce, stored, 0, PADDING);
    System.arraycopy(stored, 0, nonce, Long.BYTES, PADDING);
    new XSalsa20(blockKey).xor(nonce, stored, PADDING, block.length);
    return stored;
  }

  /// The block that was found, decrypted.
  BlockLookup decrypt(long index, BlockLookup lookup) {
    if (!(lookup instanceof BlockLookup.Found found)) {
      return lookup;
    }
    byte[] stored = found.toArray();
    if (stored.length < PADDING) {
      return new BlockLookup.Corrupt(index, "it is too short for an encrypted block");
    }
    byte[] nonce = nonce(index);
    System.arraycopy(stored, 0, nonce, Long.BYTES, PADDING);
    new XSalsa20(blockKey).xor(nonce, stored, PADDING, stored.length - PADDING);
    return new BlockLookup.Found(ByteBuffer.wrap(stored, PADDING, stored.length - PADDING).slice());
  }

  private static byte[] nonce(long index) {
    byte[] nonce = new byte[XSalsa20.NONCE];
    ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN).putLong(index);
    return nonce;
  }
}
