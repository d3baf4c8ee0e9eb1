package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

class Blake2bTest {
  private final JsonNode vectors = Vectors.crypto();

  @Test
  void hashesAsTheJavaScriptPackagesDo() {
    for (JsonNode sample : vectors.get("hash")) {
      Blake2b hasher = Blake2b.plain(32);
      if (sample.has("data")) {
        hasher.update(bytes(sample.get("data")));
      }
      sample.path("dataParts").forEach(part -> hasher.update(bytes(part)));
      assertThat(hex(hasher.digest())).isEqualTo(sample.get("hash").asText());
    }
  }

  @Test
  void hashesUnderAKeyAndTo64Bytes() {
    JsonNode keyed = vectors.at("/blake2b/keyed256");
    assertThat(hex(Blake2b.keyed256(bytes(keyed.get("key")), bytes(keyed.get("data")))))
        .isEqualTo(keyed.get("hash").asText());
    JsonNode plain = vectors.at("/blake2b/plain512");
    assertThat(hex(Blake2b.hash512(bytes(plain.get("data")))))
        .isEqualTo(plain.get("hash").asText());
  }

  @Test
  void derivesNamespacesAndDiscoveryKeys() {
    for (JsonNode group : vectors.get("namespaces")) {
      byte[] name = Blake2b.hash256(group.get("name").asText().getBytes(StandardCharsets.UTF_8));
      for (int at = 0; at < group.get("ids").size(); at++) {
        byte[] id = {(byte) group.get("ids").get(at).asInt()};
        assertThat(hex(Blake2b.hash256(name, id))).isEqualTo(group.get("values").get(at).asText());
      }
    }
    JsonNode discovery = vectors.get("discoveryKey").get(0);
    byte[] hypercore = "hypercore".getBytes(StandardCharsets.UTF_8);
    assertThat(hex(Blake2b.keyed256(bytes(discovery.get("key")), hypercore)))
        .isEqualTo(discovery.get("discoveryKey").asText());
  }

  @Property(tries = 500)
  void agreesWithAnotherImplementationAtEveryLength(
      @ForAll @IntRange(max = 700) int size,
      @ForAll @Size(max = 64) byte[] key,
      @ForAll @IntRange(min = 1, max = 64) int length) {
    byte[] message = message(size);
    Blake2bDigest peer = new Blake2bDigest(key, length, null, null);
    peer.update(message, 0, size);
    byte[] expected = new byte[length];
    peer.doFinal(expected, 0);
    assertThat(Blake2b.keyed(length, key).update(message).digest()).isEqualTo(expected);
  }

  @Property(tries = 500)
  void theCutOfTheMessageDoesNotMatter(
      @ForAll @IntRange(max = 600) int size, @ForAll @IntRange(max = 600) int cut) {
    byte[] message = message(size);
    int first = Math.min(cut, size);
    byte[] whole = Blake2b.hash256(message);
    Blake2b hasher = Blake2b.plain(32).update((byte) 9).reset();
    hasher.update(message, 0, first).update(ByteBuffer.wrap(message, first, size - first));
    assertThat(hasher.digest()).isEqualTo(whole);
  }

  @Property(tries = 300)
  void aNumberIsItsEightBytes(@ForAll long number, @ForAll @IntRange(max = 300) int before) {
    byte[] prefix = message(before);
    byte[] eight =
        ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    assertThat(Blake2b.plain(32).update(prefix).updateLong(number).digest())
        .isEqualTo(Blake2b.hash256(prefix, eight));
  }

  @Test
  void aDirectBufferIsReadWithoutMovingIt() {
    ByteBuffer direct = ByteBuffer.allocateDirect(200).put(message(200)).flip().position(5);
    byte[] hash = Blake2b.plain(32).update(direct).digest();
    assertThat(direct.position()).isEqualTo(5);
    assertThat(hash).isEqualTo(Blake2b.plain(32).update(message(200), 5, 195).digest());
  }

  @Test
  void aHashHas1To64BytesAndAKeyAtMost64() {
    assertThat(Blake2b.keyed(64, new byte[64]).digest()).hasSize(64);
    assertThatThrownBy(() -> Blake2b.plain(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Blake2b.plain(65)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Blake2b.keyed(32, new byte[65]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] message(int size) {
    byte[] message = new byte[size];
    for (int at = 0; at < size; at++) {
      message[at] = (byte) (at * 7 + 3);
    }
    return message;
  }
}
