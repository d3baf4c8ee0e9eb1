package cloud.bevy.hyper.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A stream of whole messages in both directions: a [SecretStream], or what a test makes.
public interface MessageStream extends AutoCloseable {
  /// The longest message in bytes: what fits into a secret stream's frame, whose length has 24
  /// bits, beside its tag and its authenticator.
  int MAXIMUM_MESSAGE = (1 << 24) - 1 - 17;

  /// Sends messages, in order, with as few writes as possible. Blocks while the other side does not
  /// read, but not for ever. Several tasks may send. What remains in the buffers is sent, and has
  /// been copied when this returns. An empty message is a keep-alive, which does not surface at the
  /// other side.
  ///
  /// @throws IOException once the stream is broken, and for a message that is too long
  void send(List<ByteBuffer> messages) throws IOException;

  /// Waits for the next message; nothing when the other side has ended. Only one task may receive.
  /// The buffer is backed by an array that nobody else uses.
  ///
  /// @throws IOException once the stream is broken, with the reason
  Optional<ByteBuffer> receive() throws IOException;

  /// Ends the stream. What was sent before is still written, if the other side reads it soon.
  @Override
  void close();

  /// Ends the stream at once: what was not written yet is dropped.
  default void abort() {
    close();
  }
}
