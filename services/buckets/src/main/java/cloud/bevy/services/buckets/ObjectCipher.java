package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts and decrypts the bytes of one object: AES in counter mode, so that any part of them can
/// be read by itself.
final class ObjectCipher {
  private static final int BLOCK = 16;

  private final SecretKeySpec key;

  /// @param key of 32 bytes, used for this object only
  ObjectCipher(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// The bytes as they pass, encrypted or decrypted, which is the same.
  ///
  /// @param nonce another one for each part of the object that came by itself
  /// @param offset how many bytes of the part are before these
  InputStream apply(InputStream bytes, long nonce, long offset) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      byte[] counter = ByteBuffer.allocate(BLOCK).putLong(nonce).putLong(offset / BLOCK).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      cipher.update(new byte[Math.toIntExact(offset % BLOCK)]);
      return new Passing(bytes, cipher);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  private static final class Passing extends BulkInput {
    private final InputStream bytes;
    private final Cipher cipher;

    Passing(InputStream bytes, Cipher cipher) {
      this.bytes = bytes;
      this.cipher = cipher;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = bytes.read(buffer, offset, length);
      if (read > 0) {
        try {
          int passed = cipher.update(buffer, offset, read, buffer, offset);
          if (passed != read) {
            throw new IllegalStateException("a counter mode keeps nothing back");
          }
        } catch (ShortBufferException e) {
          throw new IllegalStateException("a counter mode adds nothing", e);
        }
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
