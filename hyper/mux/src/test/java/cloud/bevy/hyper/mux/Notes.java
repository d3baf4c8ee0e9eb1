package cloud.bevy.hyper.mux;

import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A handler that writes down what happens, as `channel event`.
final class Notes implements Handler {
  final List<String> lines = new ArrayList<>();

  @Override
  public void opened(Channel channel, ByteBuffer handshake) throws MalformedException {
    lines.add("opened " + channel.protocol().name() + " " + text(handshake));
  }

  @Override
  public void received(Channel channel, int type, ByteBuffer body) throws MalformedException {
    lines.add("received " + channel.protocol().name() + " " + type + " " + text(body));
  }

  @Override
  public void closed(Channel channel, boolean remotely) {
    lines.add((remotely ? "was closed " : "closed ") + channel.protocol().name());
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
