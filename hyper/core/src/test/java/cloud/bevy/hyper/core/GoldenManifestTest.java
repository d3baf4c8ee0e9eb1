package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.bytes;
import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.core.Manifest.Signer;
import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.hyper.wire.MalformedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GoldenManifestTest {
  private final JsonNode samples = Golden.crypto().get("manifests");

  @Test
  void manifestsAreWrittenAndReadAsInJavaScript() throws MalformedException {
    for (JsonNode sample : samples) {
      Manifest manifest = manifest(sample.get("manifest"));
      assertThat(hex(manifest.encode())).isEqualTo(sample.get("encoded").asText());
      assertThat(Manifest.decode(bytes(sample.get("encoded")))).isEqualTo(manifest);
    }
  }

  @Test
  void keysFollowFromManifests() throws MalformedException {
    for (JsonNode sample : samples) {
      byte[] key = Manifest.decode(bytes(sample.get("encoded"))).key();
      assertThat(hex(key)).isEqualTo(sample.get("key").asText());
      assertThat(Ids.encode(key)).isEqualTo(sample.get("z32").asText());
      assertThat(hex(Identity.idOf(key).bytes())).isEqualTo(sample.get("discoveryKey").asText());
    }
  }

  @Test
  void keysForPeopleAreThoseOfJavaScript() throws MalformedException {
    for (JsonNode sample : Golden.crypto().get("z32")) {
      assertThat(Ids.encode(bytes(sample.get("hex")))).isEqualTo(sample.get("z32").asText());
      assertThat(Ids.decode(sample.get("z32").asText())).isEqualTo(bytes(sample.get("hex")));
    }
  }

  @Test
  void theUsualManifestHasOneSigner() {
    assertThat(hex(Manifest.single(Golden.pair(1)).encode()))
        .isEqualTo(samples.get(0).get("encoded").asText());
  }

  @Test
  void noManifestBreaksTheDecoder() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = bytes(samples.get(random.nextInt(samples.size())).get("encoded"));
      int changes = random.nextInt(1, 4);
      for (int change = 0; change < changes; change++) {
        bytes[random.nextInt(Math.min(8, bytes.length))] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      try {
        assertThat(Manifest.decode(cut).version()).isBetween(0, Manifest.LATEST);
      } catch (MalformedException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void whatAManifestCannotSayIsRefused() {
    Signer signer = Signer.of(Golden.pair(1));
    assertThatThrownBy(() -> Manifest.of(2, signer)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Manifest(
                1,
                false,
                1,
                List.of(signer),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Signer(new byte[31], new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Manifest.decode(HexFormat.of().parseHex("0400000000")))
        .isInstanceOf(MalformedException.class);
  }

  private static Manifest manifest(JsonNode it) {
    return new Manifest(
        it.get("version").asInt(),
        it.get("allowPatch").asBoolean(),
        it.get("quorum").asInt(),
        it.get("signers")
            .valueStream()
            .map(one -> new Signer(bytes(one.get("namespace")), bytes(one.get("publicKey"))))
            .toList(),
        present(it.get("prologue"))
            .map(one -> new Prologue(bytes(one.get("hash")), one.get("length").asLong())),
        present(it.get("linked")).map(keys -> keys.valueStream().map(Golden::bytes).toList()),
        present(it.get("userData")).map(Golden::bytes));
  }

  private static Optional<JsonNode> present(JsonNode it) {
    return it.isNull() ? Optional.empty() : Optional.of(it);
  }
}
