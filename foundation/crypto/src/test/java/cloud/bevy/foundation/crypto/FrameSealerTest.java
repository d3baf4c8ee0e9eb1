package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameSealerTest {
  private final JsonNode vectors = Vectors.read("secretstream");
  private final byte[] key = bytes(vectors.get("key"));
  private final byte[] header = bytes(vectors.get("header"));
  private FrameSealer sealer = new FrameSealer(key, header, SodiumTest.JAVA);
  private FrameOpener opener = new FrameOpener(key, header, SodiumTest.JAVA);

  @BeforeEach
  void startAgain() {
    sealer = new FrameSealer(key, header, SodiumTest.JAVA);
    opener = new FrameOpener(key, header, SodiumTest.JAVA);
  }

  @Test
  void sealsAndOpensAsLibsodiumDoes() {
    assertState("initialState", vectors, sealer.cipher());
    for (JsonNode sample : vectors.get("messages")) {
      byte[] sealed = seal(bytes(sample.get("plain")));
      assertThat(hex(sealed)).isEqualTo(sample.get("cipher").asText());
      assertState("stateAfter", sample, sealer.cipher());
      assertThat(open(sealed)).isEqualTo(sample.get("plain").asText());
      assertState("stateAfter", sample, opener.cipher());
    }
  }

  @Test
  void whereTheCounterWrapsTheKeyChanges() {
    JsonNode wrap = vectors.get("counterWrapRekey");
    sealer.cipher().resume(bytes(wrap.get("stateBefore")));
    opener.cipher().resume(bytes(wrap.get("stateBefore")));
    byte[] sealed = seal(bytes(wrap.get("plain")));
    assertThat(hex(sealed)).isEqualTo(wrap.get("cipher").asText());
    assertState("stateAfterRekey", wrap, sealer.cipher());
    assertThat(open(sealed)).isEqualTo(wrap.get("plain").asText());
    byte[] next = seal(bytes(wrap.get("nextPlain")));
    assertThat(hex(next)).isEqualTo(wrap.get("nextCipher").asText());
    assertThat(open(next)).isEqualTo(wrap.get("nextPlain").asText());
  }

  @Property(tries = 300)
  void whatWasSealedOpensAtEveryLength(
      @ForAll @IntRange(max = 2000) int size, @ForAll boolean direct) {
    startAgain();
    byte[] message = noise(size, size);
    ByteBuffer source = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    source.put(message).flip();
    ByteBuffer sealed = ByteBuffer.allocate(size + FrameSealer.OVERHEAD + 3).position(2);
    sealer.seal(source, sealed);
    assertThat(source.hasRemaining()).isFalse();
    assertThat(sealed.remaining()).isEqualTo(1);
    assertThat(opener.open(sealed.flip().position(2))).contains(ByteBuffer.wrap(message));
  }

  @Property(tries = 500)
  void aChangedBitIsNoticed(@ForAll long seed, @ForAll @IntRange(max = 300) int size) {
    startAgain();
    byte[] sealed = seal(noise(seed, size));
    sealed[(int) Long.remainderUnsigned(seed, sealed.length)] ^= (byte) (1 << (seed >>> 60 & 7));
    assertThat(opener.open(ByteBuffer.wrap(sealed))).isEmpty();
  }

  @Test
  void fiftyThousandInventedFramesAreRefused() {
    for (int round = 0; round < 50_000; round++) {
      byte[] invented = noise(round, round % 100);
      assertThat(opener.open(ByteBuffer.wrap(invented))).isEmpty();
    }
    assertThat(open(seal(new byte[3]))).isEqualTo("000000");
  }

  @Test
  void whatIsDoubledLeftOutOrOutOfOrderIsNoticed() {
    List<byte[]> frames = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      frames.add(seal(new byte[] {(byte) index}));
    }
    assertThat(opener.open(ByteBuffer.wrap(frames.get(1)))).isEmpty();
    assertThat(open(frames.get(0))).isEqualTo("00");
    assertThat(opener.open(ByteBuffer.wrap(frames.get(0)))).isEmpty();
    assertThat(opener.open(ByteBuffer.wrap(frames.get(2)))).isEmpty();
    assertThat(open(frames.get(1))).isEqualTo("01");
  }

  private byte[] seal(byte[] message) {
    ByteBuffer into = ByteBuffer.allocate(message.length + FrameSealer.OVERHEAD);
    sealer.seal(ByteBuffer.wrap(message), into);
    return into.array();
  }

  private String open(byte[] sealed) {
    return hex(opener.open(ByteBuffer.wrap(sealed)).orElseThrow().array());
  }

  private static void assertState(String name, JsonNode sample, FrameCipher cipher) {
    assertThat(hex(cipher.state())).isEqualTo(sample.get(name).asText());
  }
}
