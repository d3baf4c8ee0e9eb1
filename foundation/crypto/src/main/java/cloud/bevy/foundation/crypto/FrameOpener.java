package cloud.bevy.foundation.crypto;

import cloud.bevy.foundation.crypto.FrameCipher.Way;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/// The receiving end of libsodium's `crypto_secretstream_xchacha20poly1305`. After a refusal the
/// stream is over. Belongs to one task at a time.
public final class FrameOpener {
  private final FrameCipher cipher;
  private final byte[] tag = new byte[FrameCipher.TAG];
  private final IntFunction<Way> ways;

  /// @param key of 32 bytes: the sealer's
  /// @param header of 24 bytes: the sealer's
  public FrameOpener(byte[] key, byte[] header) {
    this(key, header, FrameCipher::fastest);
  }

  /// @param ways who does the work for so many bytes
  FrameOpener(byte[] key, byte[] header, IntFunction<Way> ways) {
    this.cipher = new FrameCipher(key, header);
    this.ways = ways;
  }

  /// Decrypts what remains in `sealed`, which must be backed by an array and moves on. The message
  /// is in an array of its own.
  ///
  /// @return nothing if this is not the next message that was sealed
  public Optional<ByteBuffer> open(ByteBuffer sealed) {
    int count = sealed.remaining() - FrameSealer.OVERHEAD;
    if (count < 0) {
      return Optional.empty();
    }
    byte[] from = sealed.array();
    int at = sealed.arrayOffset() + sealed.position();
    sealed.position(sealed.limit());
    Way way = ways.apply(count);
    if (way == Way.SODIUM && count <= Sodium.MOST) {
      return openOutside(from, at, count);
    }
    cipher.begin();
    int kind = from[at] ^ cipher.kindMask();
    cipher.authenticate(from, at + 1, count, tag, way);
    if (!Bytes.same16(tag, 0, from, at + 1 + count)) {
      return Optional.empty();
    }
    byte[] message = new byte[count];
    cipher.xor(from, at + 1, count, message, 0);
    cipher.advance(tag, (kind & FrameCipher.REKEY) != 0);
    return Optional.of(ByteBuffer.wrap(message));
  }

  private Optional<ByteBuffer> openOutside(byte[] from, int at, int count) {
    byte[] message = new byte[count];
    return Sodium.pull(cipher.state(), from, at, message)
        ? Optional.of(ByteBuffer.wrap(message))
        : Optional.empty();
  }

  FrameCipher cipher() {
    return cipher;
  }
}
