package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.stream.SecretStream;

/// What a handshake has shown of the two sides of a stream.
///
/// @param initiator whether this side spoke first
/// @param handshakeHash the same 64 bytes on both sides, and on no other stream
/// @param remotePublicKey the 32 bytes of the other side's public key
public record Identity(boolean initiator, byte[] handshakeHash, byte[] remotePublicKey) {
  /// Copies the arrays.
  public Identity {
    handshakeHash = handshakeHash.clone();
    remotePublicKey = remotePublicKey.clone();
  }

  /// Of the two sides of a secret stream.
  public static Identity of(SecretStream stream) {
    return new Identity(stream.initiator(), stream.handshakeHash(), stream.remotePublicKey());
  }
}
