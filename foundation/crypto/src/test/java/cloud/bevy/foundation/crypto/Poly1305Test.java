package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class Poly1305Test {
  private final Poly1305 sum = new Poly1305();

  @Property(tries = 1000)
  void agreesWithAnotherImplementationAtEveryLength(
      @ForAll long seed, @ForAll @IntRange(max = 300) int size) {
    check(noise(seed, 32), noise(seed + 1, size));
  }

  /// Sums just below and above the modulus are where the last reduction is decided.
  @Test
  void theLargestSumsAreReduced() {
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    byte[] two = new byte[32];
    two[0] = 2;
    for (int last = 0; last < 256; last++) {
      byte[] message = new byte[48];
      Arrays.fill(message, (byte) 0xff);
      message[0] = (byte) last;
      message[16] = (byte) (last * 3);
      check(ones, message);
      check(two, message);
      check(two, Arrays.copyOf(message, 16));
      check(new byte[32], message);
    }
  }

  @Property(tries = 300)
  void partsAreOneMessage(@ForAll long seed, @ForAll @IntRange(max = 100) int cut) {
    byte[] key = noise(seed, 32);
    byte[] message = noise(seed + 1, 100);
    byte[] whole = new byte[16];
    byte[] parted = new byte[16];
    sum.begin(key, 0).update(message, 0, 100).finish(whole, 0);
    sum.begin(key, 0).update(message, 0, cut).update(message, cut, 100 - cut).finish(parted, 0);
    assertThat(parted).isEqualTo(whole);
  }

  private void check(byte[] key, byte[] message) {
    org.bouncycastle.crypto.macs.Poly1305 other = new org.bouncycastle.crypto.macs.Poly1305();
    other.init(new KeyParameter(key));
    other.update(message, 0, message.length);
    byte[] expected = new byte[16];
    other.doFinal(expected, 0);
    byte[] tag = new byte[16];
    sum.begin(key, 0).update(message, 0, message.length).finish(tag, 0);
    assertThat(tag).isEqualTo(expected);
  }
}
