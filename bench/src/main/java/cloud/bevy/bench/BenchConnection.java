package cloud.bevy.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;

/// One connection to a server that is kept open. It costs the machine little, so that the server is
/// what is measured.
final class BenchConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final BenchSignature signature;
  private final byte[] buffer = new byte[256 << 10];

  BenchConnection(BenchServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
    signature = server.signature();
  }

  void put(String path, byte[] body) throws IOException {
    send("PUT", path, body.length);
    out.write(body);
    receive();
  }

  /// Reads an object and forgets it.
  ///
  /// @return its length
  long get(String path) throws IOException {
    send("GET", path, -1);
    return receive();
  }

  /// Sends a request and forgets what it is answered.
  ///
  /// @return how many bytes the answer has
  long call(byte[] head, byte[] body) throws IOException {
    out.write(head);
    out.write(body);
    return receive();
  }

  private void send(String method, String path, long length) throws IOException {
    try {
      out.write(signature.head(method, path, length));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private long receive() throws IOException {
    int there = 0;
    int end = -1;
    while (end < 0) {
      int count = in.read(buffer, there, buffer.length - there);
      if (count < 0) {
        throw new EOFException("the server has closed the connection");
      }
      there += count;
      end = endOfHead(there);
    }
    String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    if (!head.startsWith("HTTP/1.1 20")) {
      throw new IOException(new String(buffer, 0, there, StandardCharsets.UTF_8));
    }
    long length = length(head);
    long left = length - (there - end);
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the server has closed the connection");
      }
      left -= count;
    }
    return length;
  }

  private int endOfHead(int there) {
    for (int i = 3; i < there; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static long length(String head) throws IOException {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Long.parseLong(line.substring(15).strip());
      }
    }
    if (head.startsWith("HTTP/1.1 204")) {
      return 0;
    }
    throw new IOException("no length in " + head);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
