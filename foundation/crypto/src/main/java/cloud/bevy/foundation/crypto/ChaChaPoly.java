package cloud.bevy.foundation.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Authenticated encryption with ChaCha20-Poly1305 (RFC 8439), as the Noise protocol uses it: the
/// nonce is a counter. The JDK's own cipher.
public final class ChaChaPoly {
  /// The size of a key, in bytes.
  public static final int KEY = 32;

  /// By how many bytes a sealed message is longer than its text.
  public static final int TAG = 16;

  private static final String ALGORITHM = "ChaCha20-Poly1305";
  private static final int NONCE = 12;

  private ChaChaPoly() {}

  /// Encrypts and authenticates `text`, and authenticates `also`, under a 32-byte key.
  ///
  /// @param counter never used twice with one key
  public static byte[] seal(byte[] key, long counter, byte[] also, byte[] text) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, counter, also).doFinal(text);
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
  }

  /// The text of a sealed message; nothing if anything about it was changed.
  public static Optional<byte[]> open(byte[] key, long counter, byte[] also, byte[] sealed) {
    if (sealed.length < TAG) {
      return Optional.empty();
    }
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, counter, also).doFinal(sealed));
    } catch (AEADBadTagException refused) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      throw new CryptoFault(missing);
    }
  }

  private static Cipher cipher(int mode, byte[] key, long counter, byte[] also)
      throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    Bytes.writeLong(nonce, NONCE - Long.BYTES, counter);
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(also);
    return cipher;
  }
}
