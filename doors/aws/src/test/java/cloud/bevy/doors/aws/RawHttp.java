package cloud.bevy.doors.aws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A request to a host whose name need not lead anywhere.
final class RawHttp {
  private RawHttp() {}

  /// Sends it and returns the whole answer as text.
  ///
  /// @param line method and path
  /// @param headers each with its line's end
  static String send(InetSocketAddress to, String line, String host, String headers)
      throws IOException {
    String head =
        line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
