package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.FrameOpener;
import cloud.bevy.foundation.crypto.KeyPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An encrypted stream between two key pairs: a Noise XX handshake, then libsodium's secret stream,
/// byte for byte as `@hyperswarm/secret-stream` has them. Both sides prove that they hold their
/// secret key; whether the other's public key is a welcome one is for the caller to decide.
///
/// What is changed, doubled, left out or put in another order under way ends the stream, as does a
/// side that is silent for too long or does not read.
public final class SecretStream implements MessageStream {
  private final Duplex bytes;
  private final FrameReader frames;
  private final FrameOpener opener;
  private final Outgoing outgoing;
  private final Pulse pulse;
  private final NoiseHandshake.Agreed agreed;
  private final boolean initiator;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile boolean closed;

  private SecretStream(World world, Duplex bytes, StreamOptions options, Opening.Opened opened) {
    this.bytes = bytes;
    this.frames = opened.frames();
    this.opener = opened.opener();
    this.agreed = opened.agreed();
    this.initiator = opened.initiator();
    this.outgoing = new Outgoing(world, bytes, opened.sealer(), options.write(), this::end);
    this.pulse = new Pulse(world, options, frames, outgoing, this::fail);
  }

  /// Opens a stream as the side that speaks first. Closes `bytes` when it fails.
  ///
  /// @throws RefusedException if the other side breaks the rules
  /// @throws IOException if the connection breaks or the handshake takes too long
  public static SecretStream initiate(
      World world, Duplex bytes, KeyPair self, StreamOptions options) throws IOException {
    return open(world, bytes, options, new Opening(world, bytes, options, self, true));
  }

  /// Opens a stream as the side that answers. Closes `bytes` when it fails.
  ///
  /// @throws RefusedException if the other side breaks the rules
  /// @throws IOException if the connection breaks or the handshake takes too long
  public static SecretStream accept(World world, Duplex bytes, KeyPair self, StreamOptions options)
      throws IOException {
    return open(world, bytes, options, new Opening(world, bytes, options, self, false));
  }

  private static SecretStream open(
      World world, Duplex bytes, StreamOptions options, Opening opening) throws IOException {
    SecretStream stream = new SecretStream(world, bytes, options, opening.run());
    stream.pulse.start();
    return stream;
  }

  /// Whether this side spoke first.
  public boolean initiator() {
    return initiator;
  }

  /// The 32 bytes of the other side's public key.
  public byte[] remotePublicKey() {
    return agreed.remoteStatic().clone();
  }

  /// The 64-byte hash of the handshake: the same on both sides, different for each stream.
  public byte[] handshakeHash() {
    return agreed.hash().clone();
  }

  @Override
  public void send(List<ByteBuffer> messages) throws IOException {
    try {
      outgoing.send(messages);
    } catch (IOException broken) {
      throw fail(broken);
    }
  }

  @Override
  public Optional<ByteBuffer> receive() throws IOException {
    try {
      while (true) {
        ByteBuffer frame = frames.next();
        if (frame == null) {
          return Optional.empty();
        }
        Optional<ByteBuffer> message = opener.open(frame);
        if (message.isEmpty()) {
          throw new RefusedException("a frame is not the next one that the other side sealed");
        }
        if (message.get().hasRemaining()) {
          return message;
        }
      }
    } catch (IOException broken) {
      IOException reason = fail(broken);
      if (closed && reason.equals(broken)) {
        return Optional.empty();
      }
      throw reason;
    }
  }

  /// Ends the stream because of something. What had failed first is the reason.
  private IOException fail(IOException broken) {
    failure.compareAndSet(null, broken);
    end();
    IOException first = failure.get();
    return first == null ? broken : first;
  }

  @Override
  public void close() {
    closed = true;
    outgoing.close();
  }

  @Override
  public void abort() {
    closed = true;
    end();
  }

  private void end() {
    pulse.stop();
    bytes.close();
  }
}
