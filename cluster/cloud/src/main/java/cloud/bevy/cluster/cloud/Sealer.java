package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.crypto.Blake2b;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts small secrets before they go into a log, which others may one day hold a copy of:
/// ChaCha20-Poly1305 (RFC 8439) under a key derived from an owner's secret, a random nonce in
/// front, and what the secret is about as associated data, so that one cannot be passed off as
/// another.
final class Sealer {
  private static final String ALGORITHM = "ChaCha20-Poly1305";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final Chance chance;
  private final SecretKeySpec key;

  /// @param purpose what the derived key is for
  Sealer(Chance chance, byte[] secret, String purpose) {
    this.chance = chance;
    this.key =
        new SecretKeySpec(
            Blake2b.keyed256(secret, purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
  }

  byte[] seal(byte[] plain, byte[] about) {
    byte[] nonce = chance.bytes(NONCE_BYTES);
    try {
      byte[] box = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + box.length).put(nonce).put(box).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// What was sealed, or nothing where it was sealed under another key, for something else, or is
  /// damaged.
  Optional<byte[]> open(byte[] sealed, byte[] about) {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(sealed);
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] box = new byte[in.remaining()];
    in.get(box);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, about).doFinal(box));
    } catch (AEADBadTagException damaged) {
      return Optional.empty();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new IvParameterSpec(nonce));
    cipher.updateAAD(about);
    return cipher;
  }
}
