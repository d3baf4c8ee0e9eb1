package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.replication.MessageCodec.Handshake;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final int FUZZED = 50_000;
  private static final List<String> ORDER =
      List.of(
          "sync",
          "request",
          "cancel",
          "data",
          "noData",
          "want",
          "unwant",
          "bitfield",
          "range",
          "extension");

  private static JsonNode vectors() throws IOException {
    try (InputStream in = MessageCodecTest.class.getResourceAsStream("/hypercore-wire.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText());
  }

  private static List<byte[]> samples(int type) throws IOException {
    List<byte[]> samples = new ArrayList<>();
    for (JsonNode sample : vectors().get("samples")) {
      if (sample.get("message").asText().equals(ORDER.get(type))) {
        samples.add(bytes(sample.get("hex")));
      }
    }
    return samples;
  }

  @Test
  void theMessagesHaveJavaScriptsNumbers() throws IOException {
    assertThat(vectors().get("order").valueStream().map(JsonNode::asText)).isEqualTo(ORDER);
  }

  @Test
  void whatJavaScriptWroteIsReadAndWrittenAgainByteForByte() throws Exception {
    int seen = 0;
    for (int type = 0; type < ORDER.size(); type++) {
      for (byte[] sample : samples(type)) {
        Message message = MessageCodec.read(type, new Decoder(sample));
        assertThat(MessageCodec.type(message)).isEqualTo(type);
        assertThat(MessageCodec.encode(message)).isEqualTo(sample);
        assertThat(joined(MessageCodec.parts(message))).isEqualTo(sample);
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(15);
  }

  private static byte[] joined(ByteBuffer[] parts) {
    ByteBuffer all =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum());
    Arrays.stream(parts).forEach(all::put);
    return all.array();
  }

  @Test
  void handshakesAreReadAndWrittenAsJavaScriptDoes() throws Exception {
    for (JsonNode sample : vectors().get("samples")) {
      if (sample.get("message").asText().equals("handshake")) {
        byte[] golden = bytes(sample.get("hex"));
        Handshake handshake = Handshake.read(new Decoder(golden));
        assertThat(handshake.seeks()).isEqualTo(sample.get("value").get("seeks").asBoolean());
        assertThat(handshake.encode()).isEqualTo(golden);
      }
    }
  }

  @Test
  void theCapabilitiesOfARealConnectionAreTheOnesThatAreMadeHere() throws IOException {
    JsonNode replication = vectors().get("replication");
    byte[] key = bytes(replication.get("coreKey"));
    byte[] hash = bytes(replication.get("handshakeHash"));
    List<String> shown = new ArrayList<>();
    replication
        .get("frames")
        .forEach(frame -> {
          String plain = frame.get("plain").asText();
          if (plain.startsWith("0001")) {
            shown.add(plain.substring(plain.length() - 64));
          }
        });
    assertThat(shown)
        .containsExactlyInAnyOrder(
            HexFormat.of().formatHex(Capability.of(true, key, hash)),
            HexFormat.of().formatHex(Capability.of(false, key, hash)));
  }

  @Test
  void ofManySpoiltMessagesEachIsReadOrCleanlyRefused() throws Exception {
    for (int type = 0; type < ORDER.size(); type++) {
      List<byte[]> samples = samples(type);
      Random random = new Random(type);
      for (int round = 0; round < FUZZED; round++) {
        refuseOrRead(type, spoilt(random, samples.get(random.nextInt(samples.size()))));
      }
    }
  }

  @Test
  void ofManySpoiltHandshakesEachIsReadOrCleanlyRefused() {
    Random random = new Random(77);
    byte[] good = new Handshake(true, new byte[32]).encode();
    for (int round = 0; round < FUZZED; round++) {
      try {
        Handshake.read(new Decoder(spoilt(random, good)));
      } catch (MalformedException refused) {
        assertThat(refused).hasMessageNotContainingAny("null");
      }
    }
  }

  private static void refuseOrRead(int type, byte[] bytes) {
    try {
      Message message = MessageCodec.read(type, new Decoder(bytes));
      Message again = MessageCodec.read(type, new Decoder(MessageCodec.encode(message)));
      assertThat(MessageCodec.encode(again)).isEqualTo(MessageCodec.encode(message));
    } catch (MalformedException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  private static byte[] spoilt(Random random, byte[] good) {
    byte[] bytes = Arrays.copyOf(good, random.nextInt(3) > 0 ? good.length : random.nextInt(64));
    for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
      int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 12 : bytes.length));
      bytes[at] = (byte) (random.nextBoolean() ? 0xfc + random.nextInt(4) : random.nextInt());
    }
    return bytes;
  }

  @Test
  void allocationBomb_aBitfieldIsNotLongerThanWhatIsThere() throws Exception {
    byte[] bomb = new Encoder().uint(0).uint(MessageCodec.MOST_WORDS).uint32(1).bytes();
    assertThatThrownBy(() -> MessageCodec.read(MessageCodec.BITFIELD, new Decoder(bomb)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void theLargestBitfieldIsReadAndALargerOneRefused() throws Exception {
    byte[] largest = MessageCodec.encode(new Message.Bitfield(0, new int[MessageCodec.MOST_WORDS]));
    MessageCodec.read(MessageCodec.BITFIELD, new Decoder(largest));
    byte[] larger =
        MessageCodec.encode(new Message.Bitfield(0, new int[MessageCodec.MOST_WORDS + 1]));
    assertThatThrownBy(() -> MessageCodec.read(MessageCodec.BITFIELD, new Decoder(larger)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void theLargestExtensionMessageIsReadAndALargerOneRefused() throws Exception {
    byte[] largest = extension(MessageCodec.MOST_NAME, MessageCodec.MOST_PAYLOAD);
    MessageCodec.read(MessageCodec.EXTENSION, new Decoder(largest));
    byte[] larger = extension(1, MessageCodec.MOST_PAYLOAD + 1);
    assertThatThrownBy(() -> MessageCodec.read(MessageCodec.EXTENSION, new Decoder(larger)))
        .isInstanceOf(MalformedException.class);
    byte[] named = extension(MessageCodec.MOST_NAME + 1, 0);
    assertThatThrownBy(() -> MessageCodec.read(MessageCodec.EXTENSION, new Decoder(named)))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] extension(int name, int payload) {
    return MessageCodec.encode(new Message.Extension("x".repeat(name), new byte[payload]));
  }

  @Test
  void aMessageOfAnUnknownTypeIsRefused() {
    assertThatThrownBy(() -> MessageCodec.read(10, new Decoder(new byte[8])))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aBitfieldOfNothingIsRead() throws Exception {
    Message message = MessageCodec.read(MessageCodec.BITFIELD, new Decoder(new byte[2]));
    assertThat(message).isInstanceOf(Message.Bitfield.class);
  }

  @Test
  void aWantMaySayThatAnyBlockIsEnough() throws Exception {
    byte[] plain = new Encoder().uint(64).uint(32).bytes();
    byte[] any = new Encoder().uint(64).uint(32).uint(1).bytes();
    assertThat(MessageCodec.read(MessageCodec.WANT, new Decoder(plain)))
        .isEqualTo(new Message.Want(64, 32, false));
    assertThat(MessageCodec.read(MessageCodec.WANT, new Decoder(any)))
        .isEqualTo(new Message.Want(64, 32, true));
  }
}
