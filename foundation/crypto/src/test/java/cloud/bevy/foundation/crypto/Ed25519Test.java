package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final JsonNode vectors = Vectors.crypto();
  private final KeyPair pair = KeyPair.fromSeed(new byte[32]);
  private final byte[] message = {1, 2, 3};

  @Test
  void makesTheKeyPairsOfLibsodium() {
    for (JsonNode sample : vectors.get("keyPairs")) {
      KeyPair made = KeyPair.fromSeed(bytes(sample.get("seed")));
      assertThat(hex(made.publicKey())).isEqualTo(sample.get("publicKey").asText());
      assertThat(hex(made.secretKey())).isEqualTo(sample.get("secretKey").asText());
    }
  }

  @Test
  void makesAndAcceptsTheSignaturesOfLibsodium() {
    for (JsonNode sample : vectors.get("sign")) {
      KeyPair signer = KeyPair.fromSeed(Arrays.copyOf(bytes(sample.get("secretKey")), 32));
      byte[] signature = signer.sign(bytes(sample.get("message")));
      assertThat(hex(signature)).isEqualTo(sample.get("signature").asText());
      assertThat(Ed25519.verify(signature, bytes(sample.get("message")), signer.publicKey()))
          .isTrue();
    }
  }

  @Property(tries = 60)
  void aChangedBitIsNoticed(@ForAll @IntRange(max = 511) int bit) {
    byte[] signature = pair.sign(message);
    signature[bit >>> 3] ^= (byte) (1 << (bit & 7));
    assertThat(Ed25519.verify(signature, message, pair.publicKey())).isFalse();
    assertThat(Ed25519.verify(pair.sign(message), new byte[] {1, 2, 4}, pair.publicKey()))
        .isFalse();
  }

  @Test
  void anUnreducedSIsRefused() {
    byte[] signature = pair.sign(message);
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(ORDER);
    byte[] big = s.toByteArray();
    for (int at = 0; at < 32; at++) {
      signature[32 + at] = at < big.length ? big[big.length - 1 - at] : 0;
    }
    assertThat(Ed25519.verify(signature, message, pair.publicKey())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void aPublicKeyOrROfSmallOrderIsRefused(String encoding) {
    byte[] point = HexFormat.of().parseHex(encoding);
    byte[] zero = new byte[64];
    System.arraycopy(point, 0, zero, 0, 32);
    assertThat(Ed25519.verify(zero, message, point)).isFalse();
    assertThat(Ed25519.verify(zero, message, pair.publicKey())).isFalse();
    assertThat(Ed25519.verify(pair.sign(message), message, point)).isFalse();
  }

  @Test
  void aPublicKeyThatIsNotCanonicalIsRefused() {
    byte[] large = new byte[32];
    Arrays.fill(large, (byte) 0xff);
    large[0] = (byte) 0xf0;
    large[31] = 0x7f;
    assertThat(Ed25519.verify(pair.sign(message), message, large)).isFalse();
  }

  @Test
  void theWrongSizeIsRefused() {
    byte[] signature = pair.sign(message);
    assertThat(Ed25519.verify(Arrays.copyOf(signature, 63), message, pair.publicKey())).isFalse();
    assertThat(Ed25519.verify(Arrays.copyOf(signature, 65), message, pair.publicKey())).isFalse();
    assertThat(Ed25519.verify(signature, message, new byte[31])).isFalse();
    assertThatThrownBy(() -> KeyPair.fromSeed(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyPairNeverShowsItsSeed() {
    KeyPair secret = KeyPair.fromSeed(HexFormat.of().parseHex("5e".repeat(32)));
    assertThat(secret.toString()).doesNotContain("5e5e5e5e");
    assertThat(secret).isEqualTo(KeyPair.fromSeed(HexFormat.of().parseHex("5e".repeat(32))));
    assertThat(secret).isNotEqualTo(pair);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      reversed[bytes.length - 1 - at] = bytes[at];
    }
    return new BigInteger(1, reversed);
  }
}
