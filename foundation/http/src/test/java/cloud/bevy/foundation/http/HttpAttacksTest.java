package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What hostile callers send, each attack under its name.
class HttpAttacksTest extends ServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

  private static HttpLimits paced(Duration head, Duration idle, Duration body, Duration write) {
    return HttpLimits.DEFAULT.with(new HttpLimits.Pace(head, idle, body, write));
  }

  private String statusOf(HttpServer server, String request) throws IOException {
    return connect(server).say(request).status();
  }

  @Nested
  class Slowloris {
    @Test
    void aHeadThatNeverEndsIsAnsweredWithATimeout() throws Exception {
      HttpServer server = serve(paced(SHORT, LONG, LONG, LONG), ServerTest::echo);
      RawClient client = connect(server).say("GET / HTTP/1.1\r\nX-a: ");
      assertThat(client.status()).isEqualTo("408");
      assertThat(client.rest()).contains("took too long");
    }

    @Test
    void aSecondHeadThatNeverEndsIsAnsweredWithATimeout() throws Exception {
      HttpServer server = serve(paced(SHORT, LONG, LONG, LONG), ServerTest::echo);
      RawClient client = connect(server).say(GET + "\r\nGET");
      assertThat(client.status()).isEqualTo("200");
      assertThat(client.status()).isEqualTo("408");
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
      HttpServer server = serve(paced(SHORT, LONG, LONG, LONG), ServerTest::echo);
      assertThat(connect(server).rest()).isEmpty();
    }

    @Test
    void aConnectionThatSaysNothingMoreIsClosed() throws Exception {
      HttpServer server = serve(paced(LONG, SHORT, LONG, LONG), ServerTest::echo);
      RawClient client = connect(server).say(GET + "\r\n");
      assertThat(client.status()).isEqualTo("200");
      assertThat(client.rest()).isEmpty();
    }

    @Test
    void aBodyThatStopsIsAnsweredWithATimeout() throws Exception {
      HttpServer server = serve(paced(LONG, LONG, SHORT, LONG), ServerTest::echo);
      RawClient client = connect(server).say(GET + "Content-Length: 10\r\n\r\nab");
      assertThat(client.head()).startsWith("HTTP/1.1 408").contains("Connection: close");
    }

    @Test
    void aBodyThatTricklesIsAnsweredWithATimeout() throws Exception {
      HttpServer server = serve(paced(LONG, LONG, SHORT, LONG), ServerTest::echo);
      RawClient client = connect(server).say(GET + "Content-Length: 999999\r\n\r\n");
      world.tasks().start("trickle", () -> trickle(client));
      assertThat(client.status()).isEqualTo("408");
    }

    private void trickle(RawClient client) {
      try {
        while (true) {
          client.say("x");
          world.tasks().sleep(Duration.ofMillis(5));
        }
      } catch (IOException | InterruptedException closed) {
        // That is what the test waits for.
      }
    }

    @Test
    void aReaderThatStopsReadingIsCutOff() throws Exception {
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      HttpServer server =
          serve(
              paced(LONG, LONG, LONG, SHORT),
              exchange -> {
                try (OutputStream out = exchange.stream(1L << 40)) {
                  while (true) {
                    out.write(new byte[1 << 16]);
                  }
                } catch (IOException closed) {
                  seen.add("closed");
                  throw closed;
                }
              });
      connect(server).say(GET + "\r\n");
      assertThat(seen.take()).isEqualTo("closed");
    }
  }

  @Nested
  class RequestSmuggling {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
          "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Content-Length: 3\r\nContent-Length: 3\r\n",
          "Content-Length: 3, 3\r\n",
          "Content-Length: +3\r\n",
          "Content-Length: -3\r\n",
          "Content-Length: 0x3\r\n",
          "Content-Length: 3 3\r\n",
          "Content-Length:\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: identity\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked, identity\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Content-Length : 3\r\n",
          "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n"
        })
    void aBodyWhoseEndIsInDoubtIsRefused(String headers) throws Exception {
      HttpServer server = serve(ServerTest::echo);
      RawClient client = connect(server).say(GET + headers + "\r\n0\r\n\r\n" + GET + "\r\n");
      assertThat(client.status()).isEqualTo("400");
      assertThat(client.rest()).doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "zz\r\n",
          "-1\r\nabc\r\n",
          "3\r\nabcd\r\n0\r\n\r\n",
          "3\nabc\n0\n\n",
          "\r\n",
          "80000000\r\n",
          "ffffffffffffffff1\r\n",
          "3;a\nb\r\nabc\r\n0\r\n\r\n",
          "0x3\r\nabc\r\n"
        })
    void aBadChunkIsRefused(String chunks) throws Exception {
      HttpServer server = serve(ServerTest::echo);
      RawClient client = connect(server).say(GET + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      assertThat(client.status()).isEqualTo("400");
      assertThat(client.rest()).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void anHttp10CallerMayNotSendChunks() throws Exception {
      HttpServer server = serve(ServerTest::echo);
      String request = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      assertThat(statusOf(server, request)).isEqualTo("400");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"})
    void aBareLineFeedIsRefused(String request) throws Exception {
      assertThat(statusOf(serve(ServerTest::echo), request)).isEqualTo("400");
    }
  }

  @Nested
  class BadHeads {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\r\nHost:\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
          "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET http://a.b/ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET a HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /a\u0007b HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0001b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nX\u0000: b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n",
          "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /\r\nHost: a\r\n\r\n",
          "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n"
        })
    void whatIsNotARequestIsRefused(String request) throws Exception {
      RawClient client = connect(serve(ServerTest::echo)).say(request);
      assertThat(client.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
    }

    @Test
    void aTargetInAbsoluteFormIsAcceptedForTheHostItself() throws Exception {
      HttpServer server = serve(exchange -> exchange.send(exchange.path().getBytes("US-ASCII")));
      RawClient client = connect(server);
      client.say("GET http://A:1/x?y HTTP/1.1\r\nHost: a:1\r\n\r\n");
      assertThat(client.head()).contains("Content-Length: 2\r\n");
      assertThat(client.read(2)).isEqualTo("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9"})
    void anotherVersionIsRefused(String version) throws Exception {
      String request = "GET / " + version + "\r\nHost: a\r\n\r\n";
      assertThat(statusOf(serve(ServerTest::echo), request)).isEqualTo("505");
    }

    @Test
    void aProxyRequestIsRefused() throws Exception {
      String request = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
      assertThat(statusOf(serve(ServerTest::echo), request)).isEqualTo("501");
    }

    @Test
    void anUnknownExpectationIsLetBe() throws Exception {
      String request = GET + "Expect: tea\r\n\r\n";
      assertThat(statusOf(serve(ServerTest::echo), request)).isEqualTo("200");
    }
  }

  @Nested
  class TooMuch {
    private final HttpLimits tight = HttpLimits.DEFAULT.with(new HttpLimits.Head(64, 256, 4));

    @Test
    void aRequestLineAtTheLimitPassesAndOnePastItDoesNot() throws Exception {
      HttpServer server = serve(tight, ServerTest::echo);
      String frame = "GET / HTTP/1.1";
      String good = "GET /" + "a".repeat(64 - frame.length()) + " HTTP/1.1\r\nHost: a\r\n\r\n";
      assertThat(statusOf(server, good)).isEqualTo("200");
      assertThat(statusOf(server, good.replace("/a", "/aa"))).isEqualTo("414");
    }

    @Test
    void headersAtTheLimitPassAndOneByteMoreDoesNot() throws Exception {
      HttpServer server = serve(tight, ServerTest::echo);
      String frame = "Host: aX: ";
      String good = GET + "X: " + "b".repeat(256 - frame.length()) + "\r\n\r\n";
      assertThat(statusOf(server, good)).isEqualTo("200");
      assertThat(statusOf(server, good.replace("X: b", "X: bb"))).isEqualTo("431");
    }

    @Test
    void asManyHeadersAsAllowedPassAndOneMoreDoesNot() throws Exception {
      HttpServer server = serve(tight, ServerTest::echo);
      assertThat(statusOf(server, GET + "A: 1\r\n".repeat(3) + "\r\n")).isEqualTo("200");
      assertThat(statusOf(server, GET + "A: 1\r\n".repeat(4) + "\r\n")).isEqualTo("431");
    }

    @Test
    void anEndlessTrailerIsRefused() throws Exception {
      HttpServer server = serve(tight, ServerTest::echo);
      String chunked = GET + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
      assertThat(statusOf(server, chunked + "A: b\r\n".repeat(100))).isEqualTo("400");
    }

    @Test
    void oneConnectionTooManyIsRefusedWhereAllHaveRequests() throws Exception {
      HttpLimits two = HttpLimits.DEFAULT.with(new HttpLimits.Room(2, 10, 10));
      CountDownLatch entered = new CountDownLatch(2);
      HttpServer server =
          serve(
              two,
              exchange -> {
                entered.countDown();
                echo(exchange);
              });
      String half = GET + "Content-Length: 2\r\n\r\na";
      RawClient first = connect(server).say(half);
      RawClient second = connect(server).say(half);
      entered.await();
      RawClient third = connect(server);
      assertThat(third.head()).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
      assertThat(first.say("b").status()).isEqualTo("200");
      assertThat(second.say("b").status()).isEqualTo("200");
    }

    @Test
    void oneRequestTooManyIsRefusedAndTheOthersGoOn() throws Exception {
      HttpLimits one = HttpLimits.DEFAULT.with(new HttpLimits.Room(10, 1, 10));
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch entered = new CountDownLatch(1);
      HttpServer server =
          serve(
              one,
              exchange -> {
                entered.countDown();
                awaitQuietly(go);
                exchange.sendEmpty();
              });
      RawClient first = connect(server).say(GET + "\r\n");
      entered.await();
      assertThat(statusOf(server, GET + "\r\n")).isEqualTo("503");
      go.countDown();
      assertThat(first.status()).isEqualTo("200");
      assertThat(first.say(GET + "\r\n").status()).isEqualTo("200");
    }

    @Test
    void anUnreadBodyAtTheBoundKeepsTheConnectionAndOnePastItDoesNot() throws Exception {
      HttpLimits ten = HttpLimits.DEFAULT.with(new HttpLimits.Room(10, 10, 10));
      HttpServer server = serve(ten, Exchange::sendEmpty);
      RawClient kept = connect(server).say(GET + "Content-Length: 10\r\n\r\n");
      assertThat(kept.head()).doesNotContain("close");
      assertThat(kept.say("0123456789" + GET + "\r\n").status()).isEqualTo("200");
      RawClient closed = connect(server).say(GET + "Content-Length: 11\r\n\r\n");
      assertThat(closed.head()).contains("Connection: close");
      RawClient chunked = connect(server).say(GET + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(chunked.status()).isEqualTo("200");
      assertThat(chunked.say("b\r\n0123456789a\r\n").rest()).isEmpty();
    }

    private void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  @Nested
  class ThousandsOfSlowCallers {
    private static final int CALLERS = 1_000;
    private static final long MOST_BYTES_EACH = 20 << 10;

    @Test
    void aThousandHalfHeadsTakeLittleMemory() throws Exception {
      HttpServer server = serve(ServerTest::echo);
      connect(server).say(GET + "\r\n").status();
      long before = used();
      List<RawClient> callers = new ArrayList<>();
      for (int each = 0; each < CALLERS; each++) {
        callers.add(connect(server).say("GET / HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(500)));
      }
      assertThat(connect(server).say(GET + "\r\n").status()).isEqualTo("200");
      assertThat((used() - before) / CALLERS).isLessThan(MOST_BYTES_EACH);
      assertThat(server.connections()).isGreaterThan(CALLERS);
    }

    private static long used() {
      System.gc();
      return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
  }
}
