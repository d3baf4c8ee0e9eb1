package cloud.bevy.hyper.mux;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.stream.MessageStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Many channels on one stream of messages, byte for byte as `protomux` has them. The owner calls
/// [#run] in a task of its own; everything else may be called by any task, before or meanwhile.
///
/// Sending never blocks: messages are gathered and written, as large batches, by a task that exists
/// only while there is something to write. Who has much to send is told when to wait for the other
/// side. A peer that does not read what it asked for is not read either.
public final class Mux {
  /// A mux over a stream, which it owns from now on.
  public Mux(World world, MessageStream stream) {}

  /// The stream below.
  public MessageStream stream() {
    throw new UnsupportedOperationException();
  }

  /// Reads the stream and calls the handlers, until the stream has ended; then closes all channels.
  /// The calling task is the only one that calls handlers.
  ///
  /// @throws IOException if it has not ended well, with the reason: a [RefusedException]
  ///   (`cloud.bevy.hyper.stream`) if the other side broke the rules
  public void run() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Opens a channel. The other side is told at once; messages may be sent at once.
  ///
  /// @param handshake for the other side's handler, already encoded
  /// @return nothing where this side has a channel of that protocol and id open already, and once
  ///   the stream has ended
  public Optional<Channel> open(Protocol protocol, ByteBuffer handshake, Handler handler) {
    throw new UnsupportedOperationException();
  }

  /// Asks `pairing` when the other side opens a channel of this protocol and id.
  public void pair(Protocol protocol, Pairing pairing) {
    throw new UnsupportedOperationException();
  }

  /// Asks `pairing` when the other side opens a channel of this protocol with an id that nobody
  /// else has paired.
  public void pairAny(String protocol, Pairing pairing) {
    throw new UnsupportedOperationException();
  }

  /// No longer asks for this protocol and id.
  public void unpair(Protocol protocol) {
    throw new UnsupportedOperationException();
  }

  /// Whether this side has a channel of this protocol and id open.
  public boolean opened(Protocol protocol) {
    throw new UnsupportedOperationException();
  }

  /// Holds back what is sent until [#uncork], so that it goes out together. Calls nest.
  public void cork() {
    throw new UnsupportedOperationException();
  }

  /// Lets go what [#cork] held back.
  public void uncork() {
    throw new UnsupportedOperationException();
  }

  /// Waits until the other side has read so much that more should be sent. Not for handlers.
  ///
  /// @return whether that was so before the deadline, and the stream has not ended
  public boolean awaitDrained(Duration deadline) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Writes what was sent, then ends the stream; [#run] returns.
  public void close() {
    throw new UnsupportedOperationException();
  }

  /// Ends the stream at once; [#run] throws the reason.
  public void destroy(IOException reason) {
    throw new UnsupportedOperationException();
  }
}
