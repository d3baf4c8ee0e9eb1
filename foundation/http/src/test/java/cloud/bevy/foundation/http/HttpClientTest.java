package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.http.ClientRequest.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpClientTest extends ServerTest {
  private final HttpClient client = keep(HttpClient.open(world));

  private ClientResponse send(HttpServer server, ClientRequest request) throws IOException {
    return keep(client.send(server.address(), request, LONG));
  }

  @Test
  void aRequestArrivesAndItsAnswerComesBack() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    HttpServer server =
        serve(exchange -> {
          seen.add(exchange.method() + ' ' + exchange.target());
          seen.add(exchange.requestHeaders().toString());
          exchange.status(201).responseHeaders().add("X-A", "1").add("x-a", "2");
          exchange.send(exchange.body().readAllBytes());
        });
    ClientRequest request =
        ClientRequest.of("POST", "/a%20b?c").with(new Body.Bytes(new byte[] {'h', 'i'}));
    ClientResponse response = send(server, request);
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().all("X-a")).containsExactly("1", "2");
    assertThat(response.body().readAllBytes()).asString().isEqualTo("hi");
    assertThat(seen).containsExactly("POST /a%20b?c", "[Host, Content-Length]");
  }

  @Test
  void aLargeBodyIsStreamedBothWays() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(exchange.contentLength())) {
            exchange.body().transferTo(out);
          }
        });
    byte[] large = new byte[8 << 20];
    new Random(1).nextBytes(large);
    for (long length : new long[] {large.length, -1}) {
      InputStream source = new ByteArrayInputStream(large);
      ClientRequest request = ClientRequest.of("PUT", "/").with(new Body.Stream(source, length));
      assertThat(send(server, request).body().readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void anAnswerMayComeBeforeTheBodysEnd() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            out.write(exchange.body().read());
            out.flush();
            exchange.body().transferTo(out);
          }
        });
    PipedOutputStream feed = new PipedOutputStream();
    Body body = new Body.Stream(new PipedInputStream(feed), -1);
    feed.write('a');
    feed.flush();
    ClientResponse response = send(server, ClientRequest.of("POST", "/").with(body));
    assertThat(response.body().read()).isEqualTo('a');
    feed.write('b');
    feed.close();
    assertThat(response.body().readAllBytes()).asString().isEqualTo("b");
  }

  @Test
  void aConnectionIsUsedAgainOnceItsAnswerWasRead() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    for (int each = 0; each < 20; each++) {
      ClientResponse response = send(server, ClientRequest.of("GET", "/"));
      response.body().readAllBytes();
      response.close();
      while (each == 0 && client.connections() != 1) {
        Thread.onSpinWait();
      }
    }
    assertThat(server.connections()).isLessThanOrEqualTo(2);
  }

  @Test
  void anAnswerToHeadHasALengthAndNoBody() throws Exception {
    HttpServer server = serve(exchange -> exchange.send(new byte[9]));
    ClientResponse response = send(server, ClientRequest.of("HEAD", "/"));
    assertThat(response.headers().first("Content-Length")).contains("9");
    assertThat(response.body().readAllBytes()).isEmpty();
  }

  @Test
  void aKeptConnectionThatWasClosedIsReplaced() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      world.tasks().start("peer", () -> answerOncePerConnection(listener, 2));
      InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
      for (int each = 0; each < 2; each++) {
        ClientResponse response = client.send(address, ClientRequest.of("GET", "/"), LONG);
        assertThat(response.body().readAllBytes()).asString().isEqualTo("ok");
        response.close();
      }
    }
  }

  private static void answerOncePerConnection(ServerSocket listener, int times) {
    for (int each = 0; each < times; each++) {
      try (Socket socket = listener.accept()) {
        socket.getInputStream().readNBytes("GET / HTTP/1.1\r\n".length());
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        throw new IllegalStateException(closed);
      }
    }
  }

  @Test
  void nobodyListeningIsSaidSo() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    server.close();
    assertThatThrownBy(() -> send(server, ClientRequest.of("GET", "/")))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("nobody listens at");
  }

  @Test
  void aPeerThatDoesNotAnswerIsGivenUpAtTheDeadline() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() ->
              client.send(listener.getLocalSocketAddress(), ClientRequest.of("GET", "/"), SHORT))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void halfAnAnswerIsAFailure() throws Exception {
    HttpServer server =
        serve(exchange -> {
          OutputStream out = exchange.stream(10);
          out.write('x');
          out.flush();
        });
    assertThatThrownBy(() -> send(server, ClientRequest.of("GET", "/")).body().readAllBytes())
        .isInstanceOf(IOException.class);
  }

  @Test
  void aBodyThatCannotBeReadEndsTheRequest() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk");
          }
        };
    ClientRequest request = ClientRequest.of("PUT", "/").with(new Body.Stream(broken, 10));
    assertThatThrownBy(() -> send(server, request))
        .hasMessage("the body to be sent could not be read")
        .hasRootCauseMessage("disk");
  }

  @Test
  void aUnixDomainSocketIsAPeerToo(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(address);
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      world.tasks().start("peer", () -> answerOnUnixSocket(listener, seen));
      ClientResponse response = client.send(address, ClientRequest.of("GET", "/"), LONG);
      assertThat(response.body().readAllBytes()).asString().isEqualTo("ok");
      assertThat(seen.take()).startsWith("GET / HTTP/1.1\r\nHost: localhost\r\n");
      response.close();
    }
  }

  private static void answerOnUnixSocket(ServerSocketChannel listener, BlockingQueue<String> seen) {
    try (SocketChannel channel = listener.accept()) {
      ByteBuffer request = ByteBuffer.allocate(1000);
      channel.read(request);
      seen.add(new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII));
      String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
      channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
      channel.read(ByteBuffer.allocate(1));
    } catch (IOException closed) {
      throw new IllegalStateException(closed);
    }
  }
}
