package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.ChaChaPoly;
import cloud.bevy.foundation.crypto.HmacBlake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// One side of `Noise_XX_Ed25519_ChaChaPoly_BLAKE2b` (the Noise protocol framework, revision 34,
/// with Ed25519 points instead of X25519's). Three messages: the initiator's ephemeral key; the
/// responder's, with its static key and a payload; the initiator's static key and a payload. A
/// message that is refused ends the handshake.
final class NoiseHandshake {
  /// The most bytes that a message of the Noise protocol has.
  static final int LONGEST = 65535;

  private static final String NAME = "Noise_XX_Ed25519_ChaChaPoly_BLAKE2b";
  private static final int POINT = 32;
  private static final int KEY = 32;
  private static final int HASH = 64;

  private final boolean initiator;
  private final KeyPair self;
  private final KeyPair ephemeral;
  private byte[] hash;
  private byte[] chain;
  private byte[] key = {};
  private long counter;
  private byte[] remoteEphemeral = {};
  private byte[] remoteStatic = {};

  NoiseHandshake(boolean initiator, KeyPair self, KeyPair ephemeral, byte[] prologue) {
    this.initiator = initiator;
    this.self = self;
    this.ephemeral = ephemeral;
    this.chain = Arrays.copyOf(NAME.getBytes(StandardCharsets.US_ASCII), HASH);
    this.hash = chain;
    mixHash(prologue);
  }

  /// What the handshake has agreed upon: keys of 32 bytes, and a hash of all that was said.
  record Agreed(byte[] sending, byte[] receiving, byte[] hash, byte[] remoteStatic) {}

  /// The initiator's first message.
  byte[] first(byte[] payload) {
    byte[] point = ephemeral.publicKey();
    mixHash(point);
    return joined(point, encrypted(payload));
  }

  /// Takes the initiator's first message.
  byte[] readFirst(byte[] message) throws RefusedException {
    takeEphemeral(message);
    return decrypted(message, POINT, message.length);
  }

  /// The responder's only message.
  byte[] second(byte[] payload) throws RefusedException {
    byte[] point = ephemeral.publicKey();
    mixHash(point);
    mixKey(ephemeral, remoteEphemeral);
    byte[] sealed = encrypted(self.publicKey());
    mixKey(self, remoteEphemeral);
    return joined(joined(point, sealed), encrypted(payload));
  }

  /// Takes the responder's only message.
  byte[] readSecond(byte[] message) throws RefusedException {
    takeEphemeral(message);
    mixKey(ephemeral, remoteEphemeral);
    int end = POINT + POINT + ChaChaPoly.TAG;
    remoteStatic = decrypted(message, POINT, end);
    mixKey(ephemeral, remoteStatic);
    return decrypted(message, end, message.length);
  }

  /// The initiator's last message.
  byte[] third(byte[] payload) throws RefusedException {
    byte[] sealed = encrypted(self.publicKey());
    mixKey(self, remoteEphemeral);
    return joined(sealed, encrypted(payload));
  }

  /// Takes the initiator's last message.
  byte[] readThird(byte[] message) throws RefusedException {
    int end = POINT + ChaChaPoly.TAG;
    remoteStatic = decrypted(message, 0, end);
    mixKey(ephemeral, remoteStatic);
    return decrypted(message, end, message.length);
  }

  /// After the third message.
  Agreed agreed() {
    byte[][] keys = HmacBlake2b.derive(chain, new byte[0], 2);
    byte[] one = Arrays.copyOf(keys[0], KEY);
    byte[] other = Arrays.copyOf(keys[1], KEY);
    return new Agreed(initiator ? one : other, initiator ? other : one, hash, remoteStatic);
  }

  byte[] hash() {
    return hash.clone();
  }

  byte[] chain() {
    return chain.clone();
  }

  byte[] key() {
    return key.clone();
  }

  private void takeEphemeral(byte[] message) throws RefusedException {
    if (message.length < POINT || message.length > LONGEST) {
      throw new RefusedException("a handshake message has the wrong length");
    }
    remoteEphemeral = Arrays.copyOf(message, POINT);
    mixHash(remoteEphemeral);
  }

  private void mixHash(byte[] data) {
    hash = Blake2b.hash512(hash, data);
  }

  private void mixKey(KeyPair own, byte[] point) throws RefusedException {
    Optional<byte[]> shared = own.agree(point);
    if (shared.isEmpty()) {
      throw new RefusedException("a handshake message has a point that is no public key");
    }
    byte[][] keys = HmacBlake2b.derive(chain, shared.get(), 2);
    chain = keys[0];
    key = Arrays.copyOf(keys[1], KEY);
    counter = 0;
  }

  private byte[] encrypted(byte[] text) {
    byte[] sealed = key.length == 0 ? text : ChaChaPoly.seal(key, counter++, hash, text);
    mixHash(sealed);
    return sealed;
  }

  private byte[] decrypted(byte[] message, int from, int to) throws RefusedException {
    if (message.length < to || message.length > LONGEST) {
      throw new RefusedException("a handshake message has the wrong length");
    }
    byte[] sealed = Arrays.copyOfRange(message, from, to);
    byte[] text = sealed;
    if (key.length > 0) {
      text =
          ChaChaPoly.open(key, counter++, hash, sealed)
              .orElseThrow(() -> new RefusedException("a handshake message is not genuine"));
    }
    mixHash(sealed);
    return text;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
