package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;

class XSalsa20Test {
  @Test
  void encryptsBlocksAsHypercoreDoes() {
    JsonNode sample = Vectors.crypto().get("blockEncryption");
    for (JsonNode block : sample.get("blocks")) {
      byte[] nonce = new byte[XSalsa20.NONCE];
      Bytes.writeLong(nonce, 0, block.get("index").asLong());
      byte[] padding = new byte[8];
      Bytes.writeLong(padding, 0, block.get("fork").asLong());
      new XSalsa20(bytes(sample.get("blindingKey"))).xor(nonce, padding, 0, 8);
      System.arraycopy(padding, 0, nonce, 8, 8);
      byte[] body = bytes(block.get("plain"));
      new XSalsa20(bytes(sample.get("blockKey"))).xor(nonce, body, 0, body.length);
      assertThat(hex(padding) + hex(body)).isEqualTo(block.get("cipher").asText());
    }
  }

  @Property(tries = 500)
  void agreesWithAnotherImplementationAtEveryLength(
      @ForAll long seed,
      @ForAll @IntRange(max = 700) int size,
      @ForAll @IntRange(max = 9) int offset) {
    byte[] key = noise(seed, XSalsa20.KEY);
    byte[] nonce = noise(seed + 1, XSalsa20.NONCE);
    byte[] plain = noise(seed + 2, offset + size);
    XSalsa20Engine other = new XSalsa20Engine();
    other.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    byte[] expected = plain.clone();
    other.processBytes(plain, offset, size, expected, offset);

    XSalsa20 cipher = new XSalsa20(key, SodiumTest.INSIDE);
    cipher.xor(noise(seed + 3, XSalsa20.NONCE), new byte[100], 0, 100);
    byte[] encrypted = plain.clone();
    cipher.xor(nonce, encrypted, offset, size);
    assertThat(encrypted).isEqualTo(expected);
  }

  @Test
  void boxesAreThoseOfLibsodium() {
    JsonNode sample = Vectors.read("secretstream").get("unorderedSend");
    byte[] key = bytes(sample.get("initiatorKey"));
    byte[] nonce = Arrays.copyOf(bytes(sample.get("nonce8")), XSalsa20.NONCE);
    byte[] box = SecretBox.seal(key, nonce, bytes(sample.get("plain")));
    assertThat(sample.get("nonce8").asText() + hex(box)).isEqualTo(sample.get("envelope").asText());
    assertThat(SecretBox.open(key, nonce, box)).contains(bytes(sample.get("plain")));
  }

  @Property(tries = 200)
  void aBoxThatWasChangedIsNotOpened(@ForAll long seed, @ForAll @IntRange(max = 200) int size) {
    byte[] key = noise(seed, XSalsa20.KEY);
    byte[] nonce = noise(seed + 1, XSalsa20.NONCE);
    byte[] box = SecretBox.seal(key, nonce, noise(seed, size));
    assertThat(SecretBox.open(key, nonce, box)).contains(noise(seed, size));
    box[(int) Long.remainderUnsigned(seed, box.length)] ^= 1;
    assertThat(SecretBox.open(key, nonce, box)).isEmpty();
    assertThat(SecretBox.open(key, nonce, Arrays.copyOf(box, 15))).isEmpty();
  }

  @Test
  void keysAndNoncesHaveTheirSizes() {
    assertThatThrownBy(() -> new XSalsa20(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new XSalsa20(new byte[32]).xor(new byte[23], new byte[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
