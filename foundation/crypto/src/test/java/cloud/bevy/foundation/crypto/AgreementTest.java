package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Noise stands on: agreeing on a secret, deriving keys from it, sealing with them.
class AgreementTest {
  private final JsonNode vectors = Vectors.read("noise");

  @Test
  void agreesOnTheSecretOfLibsodium() {
    JsonNode sample = vectors.get("dh");
    KeyPair pair = KeyPair.fromSeed(bytes(sample.get("aSeed")));
    String shared = sample.get("shared").asText();
    byte[] other = bytes(sample.get("bPublic"));
    assertThat(pair.agree(other).map(Vectors::hex)).contains(shared);
    assertThat(Ed25519.multiply(bytes(sample.get("aScalar")), other).map(Vectors::hex))
        .contains(shared);
  }

  @Property(tries = 40)
  void bothSidesAgreeOnOneSecret(@ForAll long seed) {
    KeyPair one = KeyPair.fromSeed(noise(seed, 32));
    KeyPair other = KeyPair.fromSeed(noise(seed + 1, 32));
    assertThat(hex(one.agree(other.publicKey()).orElseThrow()))
        .isEqualTo(hex(other.agree(one.publicKey()).orElseThrow()));
  }

  @Test
  void pointsThatNoKeyPairHasAreRefused() {
    KeyPair pair = KeyPair.fromSeed(new byte[32]);
    assertThat(vectors.get("dhRejects")).hasSize(5);
    for (JsonNode sample : vectors.get("dhRejects")) {
      assertThat(pair.agree(bytes(sample.get("point")))).as(sample.toString()).isEmpty();
    }
    assertThat(pair.agree(new byte[31])).isEmpty();
  }

  /// The base point plus each point of order 8, 4 and 2, and a y above the modulus.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85"
      })
  void badEncodingsAreRefused(String point) {
    assertThat(KeyPair.fromSeed(new byte[32]).agree(HexFormat.of().parseHex(point))).isEmpty();
  }

  @Test
  void multiplyingTheBasePointMakesThePublicKey() {
    byte[] base = HexFormat.of().parseHex("58" + "66".repeat(31));
    JsonNode sample = vectors.get("dh");
    assertThat(Ed25519.multiply(bytes(sample.get("aScalar")), base).map(Vectors::hex))
        .contains(sample.get("aPublic").asText());
  }

  @Property(tries = 60)
  void smallScalarsAddUp(@ForAll @IntRange(min = 1, max = 300) int factor) {
    byte[] point = KeyPair.fromSeed(new byte[32]).publicKey();
    byte[] once = Ed25519.multiply(scalar(factor), point).orElseThrow();
    byte[] twice = Ed25519.multiply(scalar(2), once).orElseThrow();
    assertThat(Ed25519.multiply(scalar(2 * factor), point).orElseThrow()).isEqualTo(twice);
    assertThat(Ed25519.multiply(scalar(1), point).orElseThrow()).isEqualTo(point);
  }

  @Test
  void aProductThatIsNeutralIsRefused() {
    byte[] point = KeyPair.fromSeed(new byte[32]).publicKey();
    byte[] order =
        HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    assertThat(Ed25519.multiply(new byte[32], point)).isEmpty();
    assertThat(Ed25519.multiply(order, point)).isEmpty();
    order[0]++;
    assertThat(Ed25519.multiply(order, point)).contains(point);
    order[31] |= (byte) 0x80;
    assertThat(Ed25519.multiply(order, point)).contains(point);
  }

  @Test
  void derivesKeysAsTheJavaScriptPackagesDo() {
    for (JsonNode sample : vectors.get("hkdf")) {
      byte[][] keys = HmacBlake2b.derive(bytes(sample.get("salt")), bytes(sample.get("ikm")), 2);
      for (int index = 0; index < 2; index++) {
        assertThat(hex(keys[index])).isEqualTo(sample.get("out").get(index).asText());
      }
    }
    int most = HmacBlake2b.MOST_OUTPUTS;
    assertThat(HmacBlake2b.derive(new byte[0], new byte[0], most).length).isEqualTo(255);
    assertThatThrownBy(() -> HmacBlake2b.derive(new byte[0], new byte[0], 256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongKeyIsHashedFirst() {
    byte[] key = noise(1, 129);
    assertThat(HmacBlake2b.mac(key, noise(2, 9)))
        .isEqualTo(HmacBlake2b.mac(Blake2b.hash512(key), noise(2, 9)));
    assertThat(HmacBlake2b.mac(Arrays.copyOf(key, 128), noise(2, 9)))
        .isNotEqualTo(HmacBlake2b.mac(Blake2b.hash512(Arrays.copyOf(key, 128)), noise(2, 9)));
  }

  @Property(tries = 300)
  void whatIsSealedOpensUnlessAnythingWasChanged(
      @ForAll long seed, @ForAll @IntRange(max = 200) int size) {
    byte[] key = noise(seed, ChaChaPoly.KEY);
    byte[] also = noise(seed + 1, size % 70);
    byte[] sealed = ChaChaPoly.seal(key, seed, also, noise(seed, size));
    assertThat(sealed).hasSize(size + ChaChaPoly.TAG);
    assertThat(ChaChaPoly.open(key, seed, also, sealed)).contains(noise(seed, size));
    assertThat(ChaChaPoly.open(key, seed + 1, also, sealed)).isEmpty();
    assertThat(ChaChaPoly.open(key, seed, noise(seed + 2, 71), sealed)).isEmpty();
    sealed[(int) Long.remainderUnsigned(seed, sealed.length)] ^= 1;
    assertThat(ChaChaPoly.open(key, seed, also, sealed)).isEmpty();
    assertThat(ChaChaPoly.open(key, seed, also, Arrays.copyOf(sealed, 15))).isEmpty();
  }

  private static byte[] scalar(int value) {
    byte[] scalar = new byte[32];
    Bytes.writeInt(scalar, 0, value);
    return scalar;
  }
}
