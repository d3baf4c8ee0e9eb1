package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An encrypted stream between two key pairs: a Noise XX handshake, then libsodium's secret stream,
/// byte for byte as `@hyperswarm/secret-stream` has them. Both sides prove that they hold their
/// secret key; whether the other's public key is a welcome one is for the caller to decide.
public final class SecretStream implements MessageStream {
  private SecretStream() {}

  /// Opens a stream as the side that speaks first. Closes `bytes` when it fails.
  ///
  /// @throws RefusedException if the other side breaks the rules
  /// @throws IOException if the connection breaks or the handshake takes too long
  public static SecretStream initiate(
      World world, Duplex bytes, KeyPair self, StreamOptions options) throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Opens a stream as the side that answers. Closes `bytes` when it fails.
  ///
  /// @throws RefusedException if the other side breaks the rules
  /// @throws IOException if the connection breaks or the handshake takes too long
  public static SecretStream accept(World world, Duplex bytes, KeyPair self, StreamOptions options)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Whether this side spoke first.
  public boolean initiator() {
    throw new UnsupportedOperationException();
  }

  /// The 32 bytes of the other side's public key.
  public byte[] remotePublicKey() {
    throw new UnsupportedOperationException();
  }

  /// The 64-byte hash of the handshake: the same on both sides, different for each stream.
  public byte[] handshakeHash() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(List<ByteBuffer> messages) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ByteBuffer> receive() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
