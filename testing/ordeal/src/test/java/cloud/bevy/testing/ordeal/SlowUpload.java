package cloud.bevy.testing.ordeal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An upload as bytes on a socket, as slow as its caller likes.
final class SlowUpload implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 60_000;

  private final Socket socket;

  /// @param to a presigned URL
  SlowUpload(URI to, long length) throws IOException {
    this(to, "Content-Length: " + length + "\r\n\r\n");
  }

  /// @param headers what follows the request line and the host
  SlowUpload(URI to, String headers) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), to.getPort());
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.setTcpNoDelay(true);
    String line = "PUT " + to.getRawPath() + '?' + to.getRawQuery() + " HTTP/1.1\r\n";
    say(line + "Host: " + to.getAuthority() + "\r\n" + headers);
  }

  private void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Sends some bytes more.
  void send(int count) throws IOException {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 'x');
    socket.getOutputStream().write(bytes);
  }

  /// Whether an answer has come.
  boolean answered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /// The answer's first line.
  String status() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /// All that is still to come, until the other side closes.
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// Breaks the connection off without a farewell.
  void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
