package cloud.bevy.hyper.stream;

import static cloud.bevy.hyper.stream.Vectors.bytes;
import static cloud.bevy.hyper.stream.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.crypto.KeyPair;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseHandshakeTest {
  private static final byte[] NOTHING = {};

  private final JsonNode vectors = Vectors.read("noise");
  private final KeyPair one = pair(1);
  private final KeyPair other = pair(2);

  @Test
  void saysWhatTheJavaScriptPackageSays() throws RefusedException {
    int played = 0;
    for (JsonNode sample : vectors.get("transcripts")) {
      if (sample.get("pattern").asText().equals("XX")) {
        play(sample);
        played++;
      }
    }
    assertThat(played).isEqualTo(2);
  }

  private static void play(JsonNode sample) throws RefusedException {
    NoiseHandshake initiator = side(sample, true);
    NoiseHandshake responder = side(sample, false);
    assertThat(hex(initiator.hash())).isEqualTo(sample.get("initialHash").asText());
    assertThat(hex(initiator.chain())).isEqualTo(sample.get("initialChainingKey").asText());
    JsonNode messages = sample.get("messages");

    byte[] first = initiator.first(payload(messages, 0));
    check(messages.get(0), first, initiator);
    assertThat(responder.readFirst(first)).isEqualTo(payload(messages, 0));
    byte[] second = responder.second(payload(messages, 1));
    check(messages.get(1), second, responder);
    assertThat(initiator.readSecond(second)).isEqualTo(payload(messages, 1));
    byte[] third = initiator.third(payload(messages, 2));
    check(messages.get(2), third, initiator);
    assertThat(responder.readThird(third)).isEqualTo(payload(messages, 2));

    NoiseHandshake.Agreed here = initiator.agreed();
    NoiseHandshake.Agreed there = responder.agreed();
    assertThat(hex(here.sending())).isEqualTo(sample.get("initiatorTx").asText());
    assertThat(hex(here.receiving())).isEqualTo(sample.get("initiatorRx").asText());
    assertThat(hex(here.hash())).isEqualTo(sample.get("handshakeHash").asText());
    assertThat(hex(here.remoteStatic())).isEqualTo(sample.get("responderStatic").asText());
    assertThat(hex(there.sending())).isEqualTo(sample.get("initiatorRx").asText());
    assertThat(hex(there.hash())).isEqualTo(sample.get("handshakeHash").asText());
    assertThat(hex(there.remoteStatic())).isEqualTo(sample.get("initiatorStatic").asText());
  }

  private static void check(JsonNode expected, byte[] message, NoiseHandshake after) {
    assertThat(hex(message)).isEqualTo(expected.get("message").asText());
    assertThat(hex(after.hash())).isEqualTo(expected.get("hashAfter").asText());
    if (!expected.get("chainingKeyAfter").isNull()) {
      assertThat(hex(after.chain())).isEqualTo(expected.get("chainingKeyAfter").asText());
    }
    if (!expected.get("cipherKeyAfter").isNull()) {
      assertThat(hex(after.key())).isEqualTo(expected.get("cipherKeyAfter").asText());
    }
  }

  @Test
  void aPointThatIsNoPublicKeyIsRefused() throws RefusedException {
    for (JsonNode sample : vectors.get("dhRejects")) {
      NoiseHandshake responder = new NoiseHandshake(false, other, pair(4), NOTHING);
      responder.readFirst(bytes(sample.get("point")));
      assertThatThrownBy(() -> responder.second(NOTHING))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("no public key");
    }
  }

  @Test
  void theStreamsIdsAreThoseOfTheJavaScriptPackage() {
    JsonNode sample = Vectors.read("secretstream").get("streamIds");
    byte[] hash = bytes(sample.get("handshakeHash"));
    assertThat(hex(Opening.id(hash, true))).isEqualTo(sample.get("initiatorId").asText());
    assertThat(hex(Opening.id(hash, false))).isEqualTo(sample.get("responderId").asText());
  }

  @Test
  void aChangedBitInAnyMessageEndsTheHandshake() throws RefusedException {
    byte[] first = new NoiseHandshake(true, one, pair(3), NOTHING).first(NOTHING);
    NoiseHandshake responder = new NoiseHandshake(false, other, pair(4), NOTHING);
    responder.readFirst(first);
    byte[] second = responder.second(NOTHING);
    for (int bit = 0; bit < second.length * 8; bit++) {
      byte[] changed = second.clone();
      changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
      NoiseHandshake initiator = new NoiseHandshake(true, one, pair(3), NOTHING);
      initiator.first(NOTHING);
      assertThatThrownBy(() -> initiator.readSecond(changed)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void fiftyThousandInventedMessagesAreRefused() throws RefusedException {
    SplittableRandom random = new SplittableRandom(1);
    NoiseHandshake initiator = new NoiseHandshake(true, one, pair(3), NOTHING);
    byte[] first = initiator.first(NOTHING);
    NoiseHandshake responder = new NoiseHandshake(false, other, pair(4), NOTHING);
    responder.readFirst(first);
    byte[] second = responder.second(NOTHING);
    initiator.readSecond(second);
    for (int round = 0; round < 50_000; round++) {
      byte[] invented = new byte[random.nextInt(130)];
      random.nextBytes(invented);
      assertThatThrownBy(() -> responder.readThird(invented)).isInstanceOf(RefusedException.class);
    }
    assertThat(initiator.third(NOTHING)).hasSize(64);
  }

  @Test
  void everyLengthThatIsTooShortIsRefused() throws RefusedException {
    byte[] first = new NoiseHandshake(true, one, pair(3), NOTHING).first(NOTHING);
    NoiseHandshake responder = new NoiseHandshake(false, other, pair(4), NOTHING);
    responder.readFirst(first);
    byte[] second = responder.second(NOTHING);
    for (int length = 0; length < second.length; length++) {
      byte[] cut = Arrays.copyOf(second, length);
      NoiseHandshake initiator = new NoiseHandshake(true, one, pair(3), NOTHING);
      initiator.first(NOTHING);
      assertThatThrownBy(() -> initiator.readSecond(cut)).isInstanceOf(RefusedException.class);
    }
    assertThatThrownBy(() -> responder.readThird(new byte[NoiseHandshake.LONGEST + 1]))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("length");
  }

  private static byte[] payload(JsonNode messages, int index) {
    return bytes(messages.get(index).get("payload"));
  }

  private static NoiseHandshake side(JsonNode sample, boolean initiator) {
    String name = initiator ? "initiator" : "responder";
    KeyPair self = KeyPair.fromSeed(bytes(sample.get(name + "StaticSeed")));
    KeyPair ephemeral = KeyPair.fromSeed(bytes(sample.get(name + "EphemeralSeed")));
    return new NoiseHandshake(initiator, self, ephemeral, bytes(sample.get("prologue")));
  }

  private static KeyPair pair(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return KeyPair.fromSeed(seed);
  }
}
