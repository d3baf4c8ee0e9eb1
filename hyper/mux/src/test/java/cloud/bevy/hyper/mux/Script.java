package cloud.bevy.hyper.mux;

import cloud.bevy.hyper.stream.MessageStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A stream whose other side says what a test wants, and then ends; and what was sent to it, in
/// hex.
final class Script implements MessageStream {
  final List<String> sent = new ArrayList<>();
  private final Deque<byte[]> frames = new ArrayDeque<>();
  boolean closed;

  Script says(String hex) {
    return says(HexFormat.of().parseHex(hex));
  }

  Script says(byte[] frame) {
    frames.add(frame);
    return this;
  }

  @Override
  public void send(List<ByteBuffer> messages) {
    for (ByteBuffer message : messages) {
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      sent.add(HexFormat.of().formatHex(bytes));
    }
  }

  @Override
  public Optional<ByteBuffer> receive() {
    return Optional.ofNullable(frames.poll()).map(ByteBuffer::wrap);
  }

  @Override
  public void close() {
    closed = true;
  }
}
