package cloud.bevy.foundation.crypto;

import cloud.bevy.foundation.crypto.FrameCipher.Way;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/// The sending end of libsodium's `crypto_secretstream_xchacha20poly1305`: encrypts messages so
/// that the other end, a [FrameOpener], notices what is changed, left out, doubled or out of order.
/// Every message has the tag `MESSAGE`. Belongs to one task at a time.
public final class FrameSealer {
  /// The size of a key, in bytes.
  public static final int KEY = FrameCipher.KEY;

  /// The size of what the other end must be told first, in bytes.
  public static final int HEADER = FrameCipher.HEADER;

  /// By how many bytes a sealed message is longer than the message.
  public static final int OVERHEAD = 1 + FrameCipher.TAG;

  private final FrameCipher cipher;
  private final byte[] tag = new byte[FrameCipher.TAG];
  private final IntFunction<Way> ways;

  /// @param key of 32 bytes, used for this stream only
  /// @param header of 24 random bytes
  public FrameSealer(byte[] key, byte[] header) {
    this(key, header, FrameCipher::fastest);
  }

  /// @param ways who does the work for so many bytes
  FrameSealer(byte[] key, byte[] header, IntFunction<Way> ways) {
    this.cipher = new FrameCipher(key, header);
    this.ways = ways;
  }

  /// Encrypts what remains in `message` and puts the result, longer by [#OVERHEAD], into `into`,
  /// which must be backed by an array. Both buffers move on.
  public void seal(ByteBuffer message, ByteBuffer into) {
    int count = message.remaining();
    byte[] to = into.array();
    int at = into.arrayOffset() + into.position();
    into.position(into.position() + count + OVERHEAD);
    byte[] from = to;
    int offset = at + 1;
    if (message.hasArray()) {
      from = message.array();
      offset = message.arrayOffset() + message.position();
    } else {
      message.get(message.position(), to, offset, count);
    }
    message.position(message.limit());
    Way way = ways.apply(count);
    if (way == Way.SODIUM && count <= Sodium.MOST) {
      Sodium.push(cipher.state(), from, offset, count, to, at);
      return;
    }
    cipher.begin();
    to[at] = cipher.kindMask();
    cipher.xor(from, offset, count, to, at + 1);
    cipher.authenticate(to, at + 1, count, tag, way);
    System.arraycopy(tag, 0, to, at + 1 + count, tag.length);
    cipher.advance(tag, false);
  }

  FrameCipher cipher() {
    return cipher;
  }
}
