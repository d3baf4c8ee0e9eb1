package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.http.WebSocket.Message;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketTest extends ServerTest {
  private static final ClientRequest REQUEST = ClientRequest.of("GET", "/talk");

  private final HttpClient client = keep(HttpClient.open(world));

  private WebSocket open(HttpServer server, WebSocketTerms terms) throws IOException {
    return keep(client.webSocket(server.address(), REQUEST, terms, LONG));
  }

  private WebSocket open(HttpServer server) throws IOException {
    return open(server, WebSocketTerms.MESSAGES);
  }

  /// A handler that talks.
  private interface Talk {
    void with(WebSocket socket) throws IOException;
  }

  private HttpServer talk(WebSocketTerms terms, Talk talk) throws IOException {
    return serve(exchange -> {
      Optional<WebSocket> socket = exchange.webSocket(terms);
      if (socket.isPresent()) {
        talk.with(socket.get());
      }
    });
  }

  private HttpServer echoes() throws IOException {
    return talk(WebSocketTerms.MESSAGES, WebSocketTest::echo);
  }

  private static void echo(WebSocket socket) throws IOException {
    for (var next = socket.receive(); next.isPresent(); next = socket.receive()) {
      switch (next.get()) {
        case Message.Text(String text) -> socket.send(text);
        case Message.Binary(byte[] bytes) -> socket.send(ByteBuffer.wrap(bytes));
      }
    }
  }

  private static byte[] bytes(WebSocket socket) throws IOException {
    return ((Message.Binary) socket.receive().orElseThrow()).bytes();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void messagesOfAllSizesGoBothWays() throws Exception {
    WebSocket socket = open(echoes());
    for (int size : new int[] {0, 1, 7, 125, 126, 127, 4_096, 65_535, 65_536, 1 << 20}) {
      socket.send(ByteBuffer.wrap(random(size)));
      assertThat(bytes(socket)).isEqualTo(random(size));
    }
  }

  @Test
  void aTextArrivesAsText() throws Exception {
    WebSocket socket = open(echoes());
    socket.send("grüß Gott \uD83D\uDC1D");
    assertThat(socket.receive()).contains(new Message.Text("grüß Gott \uD83D\uDC1D"));
  }

  @Test
  void whatIsSentAtOnceWithTheAnswerArrives() throws Exception {
    HttpServer server =
        talk(
            WebSocketTerms.MESSAGES,
            socket -> {
              socket.send("first");
              socket.send("second");
            });
    WebSocket socket = open(server);
    assertThat(socket.receive()).contains(new Message.Text("first"));
    assertThat(socket.receive()).contains(new Message.Text("second"));
    assertThat(socket.receive()).isEmpty();
    assertThat(socket.closeCode()).isEqualTo(CloseCode.NORMAL);
  }

  @Test
  void bytesGoThroughWhateverMessagesTheyComeIn() throws Exception {
    HttpServer server =
        talk(
            WebSocketTerms.BYTES,
            socket -> {
              ByteBuffer piece = ByteBuffer.allocate(10_000);
              while (socket.read(piece) >= 0) {
                socket.write(piece.flip());
                piece.clear();
              }
            });
    WebSocket socket = open(server, WebSocketTerms.BYTES);
    byte[] sent = random(9 << 20);
    world.tasks().start("write", () -> write(socket, sent));
    ByteBuffer received = ByteBuffer.allocate(sent.length);
    while (received.hasRemaining()) {
      assertThat(socket.read(received)).isPositive();
    }
    assertThat(received.array()).isEqualTo(sent);
  }

  private static void write(WebSocket socket, byte[] bytes) {
    try {
      socket.write(ByteBuffer.wrap(bytes));
    } catch (IOException closed) {
      throw new AssertionError(closed);
    }
  }

  @Test
  void aTextIsRefusedWhereBytesAreRead() throws Exception {
    HttpServer server = talk(WebSocketTerms.BYTES, socket -> socket.read(ByteBuffer.allocate(10)));
    WebSocket socket = open(server);
    socket.send("hello");
    assertThat(socket.receive()).isEmpty();
    assertThat(socket.closeCode()).isEqualTo(CloseCode.UNSUPPORTED);
  }

  @Test
  void theCodeOfAnEndIsToldToTheOtherSide() throws Exception {
    BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    HttpServer server =
        talk(
            WebSocketTerms.MESSAGES,
            socket -> {
              assertThat(socket.receive()).isEmpty();
              codes.add(socket.closeCode());
            });
    WebSocket socket = open(server);
    socket.close(4_321, "enough");
    assertThat(codes.take()).isEqualTo(4_321);
    assertThatThrownBy(() -> socket.send("late")).isInstanceOf(IOException.class);
    assertThatThrownBy(socket::receive).isInstanceOf(IOException.class);
  }

  @Test
  void aHandlerThatFailsIsNoNormalEnd() throws Exception {
    HttpServer server =
        talk(
            WebSocketTerms.MESSAGES,
            socket -> {
              throw new IllegalStateException("on purpose");
            });
    WebSocket socket = open(server);
    assertThat(socket.receive()).isEmpty();
    assertThat(socket.closeCode()).isEqualTo(CloseCode.FAILED);
  }

  @Test
  void aServerThatEndsSaysSo() throws Exception {
    HttpServer server = echoes();
    WebSocket socket = open(server);
    socket.send("are you there");
    assertThat(socket.receive()).isPresent();
    assertThat(server.close(LONG)).isTrue();
    assertThat(socket.receive()).isEmpty();
    assertThat(socket.closeCode()).isEqualTo(CloseCode.GOING_AWAY);
  }

  @Test
  void aWebSocketIsNoRequestThatIsBeingHandled() throws Exception {
    HttpServer server = echoes();
    WebSocket socket = open(server);
    socket.send("are you there");
    assertThat(socket.receive()).isPresent();
    assertThat(server.inFlight()).isZero();
    assertThat(server.webSockets()).isEqualTo(1);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aRequestThatIsNoHandshakeIsToldSo() throws Exception {
    HttpServer server = echoes();
    RawClient raw = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(raw.head())
        .startsWith("HTTP/1.1 426 ")
        .contains("Upgrade: websocket")
        .contains("Sec-WebSocket-Version: 13");
  }

  @Test
  void whoDoesNotSpeakWebSocketIsNoPeer() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    assertThatThrownBy(() -> open(server))
        .isInstanceOfSatisfying(
            WebSocketRefused.class, refused -> assertThat(refused.status()).isEqualTo(200));
  }

  @Test
  void onlyPagesOfAnAllowedOriginConnect() throws Exception {
    HttpServer server =
        talk(WebSocketTerms.MESSAGES.from("http://a.example"::equals), WebSocketTest::echo);
    for (String origin : new String[] {"http://a.example", "http://b.example", "null"}) {
      Headers headers = new Headers().add("Origin", origin);
      ClientRequest request =
          new ClientRequest("GET", "/", headers, new ClientRequest.Body.Empty());
      if (origin.equals("http://a.example")) {
        keep(client.webSocket(server.address(), request, WebSocketTerms.MESSAGES, LONG));
      } else {
        assertThatThrownBy(
                () -> client.webSocket(server.address(), request, WebSocketTerms.MESSAGES, LONG))
            .isInstanceOfSatisfying(
                WebSocketRefused.class, refused -> assertThat(refused.status()).isEqualTo(403));
      }
    }
  }

  @Test
  void aSilentPeerIsAskedAndAnswers() throws Exception {
    WebSocketTerms.Pace pace = new WebSocketTerms.Pace(Duration.ofMillis(10), LONG, LONG);
    CountDownLatch waited = new CountDownLatch(1);
    HttpServer server =
        talk(
            WebSocketTerms.MESSAGES.with(pace),
            socket -> {
              waited.countDown();
              echo(socket);
            });
    WebSocket socket = open(server);
    waited.await();
    world.tasks().start("later", () -> sendLater(socket));
    assertThat(socket.receive()).contains(new Message.Text("still here"));
  }

  private void sendLater(WebSocket socket) {
    try {
      world.tasks().sleep(SHORT);
      socket.send("still here");
    } catch (IOException | InterruptedException closed) {
      throw new AssertionError(closed);
    }
  }

  @Test
  void aUnixSocketCarriesOneToo(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    keep(
        HttpServer.start(
            world,
            HttpLimits.DEFAULT,
            address,
            exchange -> echo(exchange.webSocket(WebSocketTerms.MESSAGES).orElseThrow())));
    WebSocket socket = keep(client.webSocket(address, REQUEST, WebSocketTerms.MESSAGES, LONG));
    socket.send("hello");
    assertThat(socket.receive()).contains(new Message.Text("hello"));
  }
}
