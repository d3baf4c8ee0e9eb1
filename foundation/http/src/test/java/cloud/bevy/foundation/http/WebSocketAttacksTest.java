package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What hostile callers do with a WebSocket, each attack under its name.
class WebSocketAttacksTest extends ServerTest {
  private static final String HANDSHAKE =
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private static final WebSocketTerms.Size SMALL = new WebSocketTerms.Size(1_000, 2_000, 4);
  private static final WebSocketTerms TERMS = WebSocketTerms.MESSAGES.with(SMALL);

  /// What became of the handler: `end`, a message, or why it failed.
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private HttpServer listening(WebSocketTerms terms) throws IOException {
    return serve(exchange -> {
      Optional<WebSocket> socket = exchange.webSocket(terms);
      try {
        while (socket.isPresent()) {
          Optional<WebSocket.Message> message = socket.get().receive();
          if (message.isEmpty()) {
            seen.add("end " + socket.get().closeCode());
            return;
          }
          seen.add(message.get() instanceof WebSocket.Message.Text(String text) ? text : "bytes");
        }
      } catch (IOException broken) {
        seen.add("broken: " + broken.getMessage());
        throw broken;
      }
    });
  }

  private RawClient shake(HttpServer server) throws IOException {
    RawClient raw = connect(server).say(HANDSHAKE);
    assertThat(raw.head())
        .startsWith("HTTP/1.1 101 ")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    return raw;
  }

  /// A frame under the mask 0.
  private static byte[] frame(int first, int size) {
    ByteBuffer frame = ByteBuffer.allocate(14 + size);
    frame.put((byte) first);
    if (size < 126) {
      frame.put((byte) (0x80 | size));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) size);
    }
    frame.putInt(0);
    frame.put(new byte[size]);
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static byte[] bytes(int... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int value : values) {
      out.write(value);
    }
    return out.toByteArray();
  }

  /// Reads a close, and that nothing follows.
  private static int closeCode(RawClient raw) throws IOException {
    String head = raw.read(2);
    assertThat((int) head.charAt(0)).isEqualTo(0x88);
    byte[] payload = raw.read(head.charAt(1)).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(raw.rest()).isEmpty();
    return ByteBuffer.wrap(payload).getChar();
  }

  @Nested
  class OversizeFrame {
    @Test
    void aFrameAtTheLimitArrives() throws Exception {
      shake(listening(TERMS)).say(frame(0x82, 1_000));
      assertThat(seen.take()).isEqualTo("bytes");
    }

    @Test
    void aFramePastTheLimitIsRefusedBeforeItIsRead() throws Exception {
      RawClient raw = shake(listening(TERMS));
      raw.say(bytes(0x82, 0xFE, 0x03, 0xE9, 0, 0, 0, 0));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.TOO_LARGE);
      assertThat(seen.take()).contains("too large");
    }

    @Test
    void aFrameOfTheLargestNumberIsRefused() throws Exception {
      RawClient raw = shake(listening(WebSocketTerms.BYTES));
      raw.say(bytes(0x82, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.TOO_LARGE);
    }

    @Test
    void aNegativeLengthIsNoLength() throws Exception {
      RawClient raw = shake(listening(WebSocketTerms.BYTES));
      raw.say(bytes(0x82, 0xFF, 0xFF, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aMessagePastTheLimitIsRefusedHoweverItIsCut() throws Exception {
      RawClient raw = shake(listening(TERMS));
      raw.say(frame(0x02, 1_000)).say(frame(0x00, 1_000)).say(frame(0x80, 1));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.TOO_LARGE);
    }

    @Test
    void aMessageAtTheLimitArrives() throws Exception {
      shake(listening(TERMS)).say(frame(0x02, 1_000)).say(frame(0x80, 1_000));
      assertThat(seen.take()).isEqualTo("bytes");
    }

    @Test
    void aPingOfMoreThan125BytesIsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(frame(0x89, 126));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Nested
  class UnmaskedFrame {
    @Test
    void aFrameWithoutAMaskIsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(bytes(0x81, 0x01, 'a'));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
      assertThat(seen.take()).contains("not masked");
    }
  }

  @Nested
  class MalformedFrame {
    @ParameterizedTest
    @ValueSource(ints = {0xC1, 0xA1, 0x91, 0x83, 0x8B, 0x8F, 0x80, 0x09, 0x08})
    void aFrameThatTheStandardDoesNotKnowIsRefused(int first) throws Exception {
      RawClient raw = shake(listening(TERMS)).say(frame(first, 1));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aMessageWithinAMessageIsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(frame(0x01, 1)).say(frame(0x81, 1));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aLengthThatIsLongerThanItNeedsToBeIsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(bytes(0x82, 0xFE, 0, 125, 0, 0, 0, 0));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(bytes(0x81, 0x81, 0, 0, 0, 0, 0xFF));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000})
    void aCloseWithANumberThatMayNotBeSentIsRefused(int code) throws Exception {
      RawClient raw = shake(listening(TERMS));
      raw.say(bytes(0x88, 0x82, 0, 0, 0, 0, code >>> 8, code & 0xFF));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aCloseIsAnsweredWithItsNumber() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(bytes(0x88, 0x82, 0, 0, 0, 0, 0x0F, 0xA1));
      assertThat(closeCode(raw)).isEqualTo(4_001);
      assertThat(seen.take()).isEqualTo("end 4001");
    }
  }

  @Nested
  class FragmentFlood {
    @Test
    void aMessageInAsManyFramesAsAllowedArrives() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(frame(0x01, 0));
      raw.say(frame(0x00, 0)).say(frame(0x00, 0)).say(frame(0x80, 0));
      assertThat(seen.take()).isEmpty();
    }

    @Test
    void aMessageInMoreFramesIsRefused() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(frame(0x01, 0));
      raw.say(frame(0x00, 0)).say(frame(0x00, 0)).say(frame(0x00, 0)).say(frame(0x00, 0));
      assertThat(closeCode(raw)).isEqualTo(CloseCode.POLICY);
    }

    @Test
    void emptyMessagesFillAWindowAsOthersDo() throws Exception {
      WebSocketTerms terms = WebSocketTerms.MESSAGES;
      HttpServer server =
          serve(exchange -> {
            WebSocket socket = exchange.webSocket(terms).orElseThrow();
            assertThat(socket.receive()).isPresent();
            seen.add("first");
            assertThatThrownBy(() -> floodEnds(socket)).isInstanceOf(IOException.class);
            seen.add("gone");
          });
      RawClient raw = shake(server);
      byte[] flood = new byte[600_000];
      for (int at = 0; at < flood.length; at += 6) {
        flood[at] = (byte) 0x81;
        flood[at + 1] = (byte) 0x80;
      }
      raw.say(flood);
      assertThat(seen.take()).isEqualTo("first");
      raw.close();
      assertThat(seen.take()).isEqualTo("gone");
    }

    private void floodEnds(WebSocket socket) throws IOException {
      while (socket.receive().isPresent()) {
        Thread.onSpinWait();
      }
    }
  }

  @Nested
  class PingFlood {
    @Test
    void aPingIsAnsweredWithItsBytes() throws Exception {
      RawClient raw = shake(listening(TERMS)).say(bytes(0x89, 0x82, 0, 0, 0, 0, 'h', 'i'));
      assertThat(raw.read(4)).isEqualTo("\u008A\u0002hi");
    }

    @Test
    void whoAsksWithoutListeningIsOwedOneAnswer() throws Exception {
      HttpServer server = listening(WebSocketTerms.MESSAGES);
      RawClient raw = keep(new RawClient(server.address(), 1_024)).say(HANDSHAKE);
      assertThat(raw.head()).startsWith("HTTP/1.1 101 ");
      byte[] flood = new byte[131 * 40_000];
      for (int at = 0; at < flood.length; at += 131) {
        System.arraycopy(frame(0x89, 125), 0, flood, at, 131);
      }
      raw.say(flood).say(frame(0x81, 0));
      assertThat(seen.take()).isEmpty();
    }
  }

  @Nested
  class SlowReader {
    @Test
    void whoDoesNotReadIsCutOffAndHoldsNoMoreThanAWindow() throws Exception {
      HttpLimits.Pace pace = new HttpLimits.Pace(LONG, LONG, LONG, SHORT);
      HttpServer server =
          serve(
              HttpLimits.DEFAULT.with(pace),
              exchange -> {
                WebSocket socket = exchange.webSocket(TERMS).orElseThrow();
                try {
                  while (true) {
                    socket.write(ByteBuffer.allocate(1 << 20));
                  }
                } catch (IOException closed) {
                  seen.add("cut off");
                  throw closed;
                }
              });
      shake(server);
      assertThat(seen.take()).isEqualTo("cut off");
    }

    @Test
    void whatNobodyReadsStaysInTheSocket() throws Exception {
      BlockingQueue<String> done = new LinkedBlockingQueue<>();
      HttpServer server =
          serve(exchange -> {
            WebSocket socket = exchange.webSocket(WebSocketTerms.BYTES).orElseThrow();
            seen.add("open");
            await(done);
            assertThatThrownBy(() -> drain(socket)).isInstanceOf(IOException.class);
            seen.add("drained");
          });
      RawClient raw = shake(server);
      assertThat(seen.take()).isEqualTo("open");
      world.tasks().start("flood", () -> flood(raw));
      done.add("go");
      assertThat(seen.take()).isEqualTo("flooded");
      raw.close();
      assertThat(seen.take()).isEqualTo("drained");
    }

    private void flood(RawClient raw) {
      try {
        for (int count = 0; count < 2_000; count++) {
          raw.say(frame(0x82, 10_000));
        }
        seen.add("flooded");
      } catch (IOException closed) {
        seen.add("flood ended: " + closed);
      }
    }

    private void drain(WebSocket socket) throws IOException {
      ByteBuffer into = ByteBuffer.allocate(1 << 16);
      while (socket.read(into) >= 0) {
        into.clear();
      }
    }

    private void await(BlockingQueue<String> queue) {
      try {
        queue.take();
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }

  @Nested
  class HalfOpen {
    private final WebSocketTerms impatient =
        TERMS.with(new WebSocketTerms.Pace(SHORT, SHORT, SHORT));

    @Test
    void aPeerThatIsGoneWithoutAWordIsNoticed() throws Exception {
      RawClient raw = shake(listening(impatient));
      assertThat(seen.take()).contains("fallen silent");
      assertThat(raw.read(2)).isEqualTo("\u0089\u0000");
      assertThat(raw.rest()).isEmpty();
    }

    @Test
    void aPeerThatNeverClosesIsClosed() throws Exception {
      HttpServer server =
          serve(exchange -> exchange.webSocket(impatient).orElseThrow().close(1000, "bye"));
      RawClient raw = shake(server);
      assertThat(raw.rest()).isEqualTo("\u0088\u0005\u0003\u00E8bye");
    }

    @Test
    void aConnectionThatEndsInTheMiddleIsNoEnd() throws Exception {
      shake(listening(TERMS)).say(frame(0x01, 1)).close();
      assertThat(seen.take()).startsWith("broken");
    }
  }

  @Nested
  class Smuggling {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 12|426",
          "Upgrade: WebSocket|Upgrade: h2c|426",
          "keep-alive, Upgrade|keep-alive|426",
          "dGhlIHNhbXBsZSBub25jZQ==|dGhlIHNhbXBsZQ==|400",
          "dGhlIHNhbXBsZSBub25jZQ==|dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: a|400",
          "GET|POST|400",
          "Host: a|Host: a\r\nContent-Length: 1|400",
          "Host: a|Host: a\r\nOrigin: http://evil.example|403",
        })
    void aHandshakeThatIsNotSoundIsRefused(String attempt) throws Exception {
      String[] parts = attempt.split("\\|", -1);
      String request = HANDSHAKE.replace(parts[0], parts[1]);
      assertThat(connect(listening(TERMS)).say(request).status()).isEqualTo(parts[2]);
    }

    @Test
    void aRefusedHandshakeLeavesTheConnectionToTheNextRequest() throws Exception {
      RawClient raw = connect(listening(TERMS));
      raw.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(raw.status()).isEqualTo("426");
      raw.read("this is the address of a WebSocket\n".length());
      raw.say(HANDSHAKE).say(bytes(0x81, 0x81, 0, 0, 0, 0, 'a'));
      assertThat(raw.status()).isEqualTo("101");
      assertThat(seen.take()).isEqualTo("a");
    }
  }

  @Nested
  class LyingServer {
    @Test
    void anAnswerToAnotherKeyIsNoAgreement() throws Exception {
      try (java.net.ServerSocket liar = new java.net.ServerSocket(0)) {
        world.tasks().start("liar", () -> lie(liar));
        HttpClient client = keep(HttpClient.open(world));
        assertThatThrownBy(() ->
                client.webSocket(
                    liar.getLocalSocketAddress(),
                    ClientRequest.of("GET", "/"),
                    TERMS,
                    Duration.ofSeconds(20)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("not for our key");
      }
    }

    private void lie(java.net.ServerSocket liar) {
      try (java.net.Socket socket = liar.accept()) {
        String answer =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readAllBytes();
      } catch (IOException ended) {
        // As the test wants it.
      }
    }
  }
}
