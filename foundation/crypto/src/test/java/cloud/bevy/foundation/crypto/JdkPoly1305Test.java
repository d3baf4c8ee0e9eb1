package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.bevy.foundation.crypto.FrameCipher.Way;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the JDK's authenticator makes is, byte for byte, what ours makes.
class JdkPoly1305Test {
  private static final int LARGEST = 300_000;

  private final byte[] key = noise(1, FrameSealer.KEY);
  private final byte[] header = noise(2, FrameSealer.HEADER);

  @BeforeEach
  void needTheJdksOwn() {
    assumeTrue(JdkPoly1305.create().isPresent(), "this JDK keeps its Poly1305 to itself");
  }

  @Test
  void tagsAreTheSame() {
    JdkPoly1305 jdk = JdkPoly1305.create().orElseThrow();
    Poly1305 ours = new Poly1305();
    SplittableRandom random = new SplittableRandom(3);
    for (int size = 0; size < LARGEST; size += 1 + size / 7) {
      byte[] once = noise(size, Poly1305.KEY);
      byte[] message = noise(size, size + 5);
      int cut = random.nextInt(size + 1);
      byte[] theirTag = new byte[Poly1305.TAG];
      byte[] ourTag = new byte[Poly1305.TAG];
      jdk.begin(once).update(message, 5, cut).update(message, 5 + cut, size - cut);
      jdk.finish(theirTag, 0);
      ours.begin(once, 0).update(message, 5, size).finish(ourTag, 0);
      assertThat(theirTag).isEqualTo(ourTag);
    }
  }

  @Test
  void framesAreTheSame() {
    FrameSealer ours = new FrameSealer(key, header, _ -> Way.JAVA);
    FrameSealer jdks = new FrameSealer(key, header, _ -> Way.JDK);
    FrameOpener opener = new FrameOpener(key, header, _ -> Way.JDK);
    for (int size = 0; size < LARGEST; size += 1 + size / 7) {
      byte[] message = noise(size, size);
      byte[] frame = seal(jdks, message);
      assertThat(Arrays.equals(frame, seal(ours, message))).isTrue();
      ByteBuffer opened = opener.open(ByteBuffer.wrap(frame)).orElseThrow();
      assertThat(Arrays.equals(opened.array(), message)).isTrue();
    }
  }

  @Test
  void aChangedBitIsNoticed() {
    byte[] frame = seal(new FrameSealer(key, header, _ -> Way.JDK), noise(1, 100));
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] changed = frame.clone();
      changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
      FrameOpener opener = new FrameOpener(key, header, _ -> Way.JDK);
      assertThat(opener.open(ByteBuffer.wrap(changed))).isEmpty();
    }
  }

  private static byte[] seal(FrameSealer sealer, byte[] message) {
    ByteBuffer into = ByteBuffer.allocate(message.length + FrameSealer.OVERHEAD);
    sealer.seal(ByteBuffer.wrap(message), into);
    return into.array();
  }
}
