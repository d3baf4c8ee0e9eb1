package cloud.bevy.foundation.crypto;

import static cloud.bevy.foundation.crypto.Vectors.bytes;
import static cloud.bevy.foundation.crypto.Vectors.hex;
import static cloud.bevy.foundation.crypto.Vectors.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.bevy.foundation.crypto.FrameCipher.Way;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What libsodium does where it is installed is, byte for byte, what is done in Java where it is
/// not.
class SodiumTest {
  private static final int[] SIZES = {
    0,
    1,
    63,
    64,
    255,
    256,
    257,
    4095,
    4096,
    4097,
    65_536,
    Sodium.MOST - 1,
    Sodium.MOST,
    Sodium.MOST + 1,
    3 * Sodium.MOST + 77
  };

  static final IntPredicate OUTSIDE = _ -> true;
  static final IntPredicate INSIDE = _ -> false;
  static final IntFunction<Way> JAVA = _ -> Way.JAVA;
  private static final IntFunction<Way> SODIUM = _ -> Way.SODIUM;

  private final SplittableRandom random = new SplittableRandom(1);
  private final JsonNode vectors = Vectors.read("secretstream");
  private final byte[] key = bytes(vectors.get("key"));
  private final byte[] header = bytes(vectors.get("header"));

  @BeforeEach
  void needSodium() {
    assumeTrue(Sodium.usable(), "libsodium is not installed");
  }

  @Test
  void goldenFramesAreTheSameInBoth() {
    for (boolean sodium : new boolean[] {true, false}) {
      FrameSealer sealer = new FrameSealer(key, header, sodium ? SODIUM : JAVA);
      FrameOpener opener = new FrameOpener(key, header, sodium ? JAVA : SODIUM);
      for (JsonNode sample : vectors.get("messages")) {
        byte[] frame = seal(sealer, bytes(sample.get("plain")));
        assertThat(hex(frame)).isEqualTo(sample.get("cipher").asText());
        assertThat(hex(sealer.cipher().state())).isEqualTo(sample.get("stateAfter").asText());
        assertThat(open(opener, frame)).isEqualTo(bytes(sample.get("plain")));
      }
      JsonNode wrap = vectors.get("counterWrapRekey");
      sealer.cipher().resume(bytes(wrap.get("stateBefore")));
      opener.cipher().resume(bytes(wrap.get("stateBefore")));
      byte[] last = seal(sealer, bytes(wrap.get("plain")));
      assertThat(hex(last)).isEqualTo(wrap.get("cipher").asText());
      assertThat(open(opener, last)).isEqualTo(bytes(wrap.get("plain")));
      byte[] next = seal(sealer, bytes(wrap.get("nextPlain")));
      assertThat(hex(next)).isEqualTo(wrap.get("nextCipher").asText());
      assertThat(open(opener, next)).isEqualTo(bytes(wrap.get("nextPlain")));
    }
  }

  @Test
  void framesOfEverySizeAreTheSameInBoth() {
    FrameSealer outside = new FrameSealer(key, header, SODIUM);
    FrameSealer inside = new FrameSealer(key, header, JAVA);
    FrameOpener opener = new FrameOpener(key, header, SODIUM);
    FrameOpener other = new FrameOpener(key, header, JAVA);
    for (int size : SIZES) {
      byte[] message = noise(size, size);
      byte[] frame = seal(outside, message);
      assertThat(Arrays.equals(frame, seal(inside, message))).isTrue();
      assertThat(Arrays.equals(open(opener, frame), message)).isTrue();
      assertThat(Arrays.equals(open(other, frame), message)).isTrue();
    }
  }

  @Test
  void aChangedBitIsNoticedAndTheStreamDoesNotMoveOn() {
    FrameSealer sealer = new FrameSealer(key, header, SODIUM);
    FrameOpener opener = new FrameOpener(key, header, SODIUM);
    byte[] frame = seal(sealer, noise(1, 100));
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] changed = frame.clone();
      changed[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertThat(opener.open(ByteBuffer.wrap(changed))).isEmpty();
    }
    assertThat(open(opener, frame)).isEqualTo(noise(1, 100));
  }

  @Test
  void signaturesAreTheSameInBoth() {
    for (int size : new int[] {0, 1, 32, 96, 1000}) {
      byte[] seed = noise(size, Ed25519.SEED);
      byte[] message = noise(size + 1, size);
      KeyPair pair = KeyPair.fromSeed(seed);
      byte[] signature = Ed25519.signInJava(pair.secretKey(), message);
      assertThat(Sodium.sign(pair.secretKey(), message)).isEqualTo(signature);
      assertThat(Ed25519.verify(signature, message, pair.publicKey())).isTrue();
    }
  }

  @Test
  void directBuffersAreSealedToo() {
    FrameSealer outside = new FrameSealer(key, header, SODIUM);
    ByteBuffer direct = ByteBuffer.allocateDirect(500).put(noise(2, 500)).flip();
    ByteBuffer into = ByteBuffer.allocate(600);
    outside.seal(direct, into);
    assertThat(Arrays.copyOf(into.array(), into.position()))
        .isEqualTo(seal(new FrameSealer(key, header, JAVA), noise(2, 500)));
  }

  @Test
  void blocksOfEverySizeAreEncryptedTheSameInBoth() {
    for (int size : SIZES) {
      byte[] nonce = noise(size, XSalsa20.NONCE);
      byte[] outside = noise(size, size + 3);
      byte[] inside = outside.clone();
      new XSalsa20(key, OUTSIDE).xor(nonce, outside, 2, size);
      new XSalsa20(key, INSIDE).xor(nonce, inside, 2, size);
      assertThat(Arrays.equals(outside, inside)).isTrue();
    }
  }

  @Test
  void hashesOfEverySizeAreThoseOfAnotherImplementation() {
    Blake2b hasher = Blake2b.plain(32);
    for (int size : SIZES) {
      byte[] message = noise(size, size);
      hasher.reset().update((byte) 1).updateLong(size).update(message);
      hasher.updateLong(7).update((byte) 2).update(message, 0, size / 3);
      Blake2bDigest other = new Blake2bDigest(256);
      other.update((byte) 1);
      other.update(longBytes(size), 0, 8);
      other.update(message, 0, size);
      other.update(longBytes(7), 0, 8);
      other.update((byte) 2);
      other.update(message, 0, size / 3);
      byte[] expected = new byte[32];
      other.doFinal(expected, 0);
      assertThat(hasher.digest()).isEqualTo(expected);
    }
  }

  @Test
  void aHashInPartsIsThatOfTheWhole() {
    for (int round = 0; round < 100; round++) {
      byte[] message = noise(round, 30_000);
      Blake2b hasher = Blake2b.plain(64);
      int at = 0;
      while (at < message.length) {
        int part = Math.min(message.length - at, random.nextInt(round % 2 == 0 ? 200 : 9000));
        hasher.update(message, at, part);
        at += part;
      }
      Blake2bDigest other = new Blake2bDigest(512);
      other.update(message, 0, message.length);
      byte[] expected = new byte[64];
      other.doFinal(expected, 0);
      assertThat(hasher.digest()).isEqualTo(expected);
    }
  }

  @Test
  void aMessageEndedByItsLargestPartIsHashedAsAWhole() {
    for (int size = 0; size < 20_000; size += 1 + size / 9) {
      for (Blake2b hasher : List.of(Blake2b.plain(32), Blake2b.keyed(32, key))) {
        byte[] message = noise(size, size);
        for (int before : new int[] {0, 9, 128, 129, 600}) {
          byte[] first = noise(before, before);
          byte[] expected = hasher.reset().update(first).update(message).digest();
          assertThat(hasher.reset().update(first).digest(ByteBuffer.wrap(message)))
              .isEqualTo(expected);
        }
      }
    }
  }

  private static byte[] longBytes(long value) {
    byte[] bytes = new byte[8];
    Bytes.writeLong(bytes, 0, value);
    return bytes;
  }

  private static byte[] seal(FrameSealer sealer, byte[] message) {
    ByteBuffer into = ByteBuffer.allocate(message.length + FrameSealer.OVERHEAD);
    sealer.seal(ByteBuffer.wrap(message), into);
    return into.array();
  }

  private static byte[] open(FrameOpener opener, byte[] frame) {
    return opener.open(ByteBuffer.wrap(frame)).orElseThrow().array();
  }
}
