package cloud.bevy.foundation.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A socket that says exactly what a test tells it to.
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /// @param window the receive buffer in bytes, for a reader that takes little; 0 for the usual
  RawClient(InetSocketAddress address, int window) throws IOException {
    socket = new Socket();
    if (window > 0) {
      socket.setReceiveBufferSize(window);
    }
    socket.connect(address);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  RawClient say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// The head of the next answer, up to and with the empty line; less if the connection ends.
  String head() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  String status() throws IOException {
    String head = head();
    return head.length() < 12 ? head : head.substring(9, 12);
  }

  String read(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /// Everything until the connection ends, be it closed or reset.
  String rest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException reset) {
      // What came before counts.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
