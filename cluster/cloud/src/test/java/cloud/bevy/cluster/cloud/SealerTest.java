package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.RealWorld;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final Chance CHANCE = RealWorld.create((level, sentence) -> {}).chance();
  private static final byte[] SECRET = new byte[32];
  private static final byte[] PLAIN = "the plain text".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ABOUT = "what it is about".getBytes(StandardCharsets.UTF_8);

  private final Sealer sealer = new Sealer(CHANCE, SECRET, "test");

  @Test
  void whatWasSealedCanBeOpened() {
    assertThat(sealer.open(sealer.seal(PLAIN, ABOUT), ABOUT)).hasValue(PLAIN);
  }

  @Test
  void theSameSecretIsNeverSealedTheSame() {
    assertThat(sealer.seal(PLAIN, ABOUT)).isNotEqualTo(sealer.seal(PLAIN, ABOUT));
  }

  @Test
  void aSealForSomethingElseDoesNotOpen() {
    assertThat(sealer.open(sealer.seal(PLAIN, ABOUT), new byte[] {1})).isEmpty();
  }

  @Test
  void aSealForAnotherPurposeDoesNotOpen() {
    assertThat(new Sealer(CHANCE, SECRET, "other").open(sealer.seal(PLAIN, ABOUT), ABOUT))
        .isEmpty();
  }

  @Test
  void aSealWithAnyBitChangedDoesNotOpen() {
    byte[] sealed = sealer.seal(PLAIN, ABOUT);
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(sealer.open(changed, ABOUT)).as("bit " + bit).isEmpty();
    }
  }

  @Test
  void aSealCutShortDoesNotOpen() {
    byte[] sealed = sealer.seal(PLAIN, ABOUT);
    for (int length = 0; length < sealed.length; length++) {
      assertThat(sealer.open(Arrays.copyOf(sealed, length), ABOUT)).isEmpty();
    }
  }
}
