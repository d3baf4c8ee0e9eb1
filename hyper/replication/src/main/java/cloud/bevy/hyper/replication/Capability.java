package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.hyper.core.Namespaces;
import java.security.MessageDigest;

/// Proves, on one stream and in one direction, that a peer knows a core's key, without saying it:
/// hypercore's `lib/caps.js`.
final class Capability {
  /// How many bytes it has.
  static final int BYTES = 32;

  private static final byte[] INITIATOR = Namespaces.of("hypercore", 1);
  private static final byte[] RESPONDER = Namespaces.of("hypercore", 2);

  private Capability() {}

  /// What the one side of a stream shows for a core.
  ///
  /// @param initiator whether that side has opened the stream
  /// @param handshakeHash what the two sides have agreed upon, and nobody else
  static byte[] of(boolean initiator, byte[] key, byte[] handshakeHash) {
    return Blake2b.keyed256(handshakeHash, initiator ? INITIATOR : RESPONDER, key);
  }

  /// Whether what was shown is what was to be shown, in a time that tells nothing.
  static boolean matches(byte[] shown, byte[] expected) {
    return MessageDigest.isEqual(shown, expected);
  }
}
