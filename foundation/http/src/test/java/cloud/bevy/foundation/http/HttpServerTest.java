package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest extends ServerTest {
  @Test
  void aHandlerSeesTheRequestExactlyAsItWasSent() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    HttpServer server =
        serve(exchange -> {
          seen.add(exchange.method() + ' ' + exchange.target());
          seen.add(exchange.path() + " | " + exchange.query());
          seen.add(exchange.requestHeaders().names().toString());
          seen.add(exchange.requestHeaders().all("X-B").toString());
          exchange.sendEmpty();
        });
    connect(server)
        .say("GET /a%2Fb//../c%20?x=%41&y=?z HTTP/1.1\r\nHost: a\r\nX-b: 2\r\nX-a: 1\r\n")
        .say("x-B:  3 \r\n\r\n")
        .head();
    assertThat(seen)
        .containsExactly(
            "GET /a%2Fb//../c%20?x=%41&y=?z",
            "/a%2Fb//../c%20 | x=%41&y=?z", "[host, x-b, x-a]", "[2, 3]");
  }

  @Test
  void aSmallAnswerLeavesInOneWrite() throws Exception {
    HttpServer server = serve(exchange -> exchange.status(404).send(new byte[] {'n', 'o'}));
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    byte[] all = new byte[4096];
    int count = client.socket().getInputStream().read(all);
    assertThat(new String(all, 0, count, StandardCharsets.US_ASCII))
        .startsWith("HTTP/1.1 404 Not Found\r\n")
        .contains("Content-Length: 2\r\n", "Date: ")
        .endsWith("\r\n\r\nno");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    StringBuilder many = new StringBuilder();
    for (int each = 0; each < 500; each++) {
      String body = "body " + each;
      many.append("POST /").append(each).append(" HTTP/1.1\r\nHost: a\r\nContent-Length: ");
      many.append(body.length()).append("\r\n\r\n").append(body);
    }
    RawClient client = connect(server).say(many.toString());
    for (int each = 0; each < 500; each++) {
      String body = "body " + each;
      assertThat(client.head()).contains("X-Target: /" + each + "\r\n");
      assertThat(client.read(body.length())).isEqualTo(body);
    }
  }

  @Test
  void aRequestThatArrivesByteByByteIsARequest() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    RawClient client = connect(server);
    String request = "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    for (int round = 0; round < 2; round++) {
      for (char each : request.toCharArray()) {
        client.say(String.valueOf(each));
      }
      assertThat(client.head()).contains("X-Target: /slow");
      assertThat(client.read(3)).isEqualTo("abc");
    }
  }

  @Test
  void chunksAreJoinedAndTrailersSkipped() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    RawClient client =
        connect(server)
            .say("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            .say("3\r\nabc\r\n5;name=value\r\ndefgh\r\n0\r\nTrailer: x\r\n\r\n")
            .say("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("Content-Length: 8\r\n");
    assertThat(client.read(8)).isEqualTo("abcdefgh");
    assertThat(client.head()).contains("X-Target: /next");
  }

  @Test
  void aLargeBodyOfUnknownLengthGoesOutInChunks() throws Exception {
    byte[] piece = new byte[50_000];
    Arrays.fill(piece, (byte) 'x');
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            out.write(piece);
            out.write('y');
          }
        });
    RawClient client =
        connect(server).say("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(client.head()).contains("Transfer-Encoding: chunked").doesNotContain("Length");
    String rest = client.rest();
    assertThat(rest).endsWith("\r\n0\r\n\r\n").startsWith("4000\r\nx");
    assertThat(rest.chars().filter(each -> each == 'x').count()).isEqualTo(50_000);
  }

  @Test
  void aSmallBodyOfUnknownLengthGoesOutWithItsLength() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            out.write(new byte[] {'a', 'b'});
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("Content-Length: 2\r\n");
    assertThat(client.read(2)).isEqualTo("ab");
  }

  @Test
  void whatIsFlushedArrivesBeforeTheEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            out.write('a');
            out.flush();
            await(go);
            out.write('b');
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("chunked");
    assertThat(client.read(6)).isEqualTo("1\r\na\r\n");
    go.countDown();
    assertThat(client.read(11)).isEqualTo("1\r\nb\r\n0\r\n\r\n");
  }

  @Test
  void aHeadRequestGetsTheHeadersOfTheAnswerAndNoBody() throws Exception {
    HttpServer server =
        serve(exchange -> {
          switch (exchange.path()) {
            case "/sent" -> exchange.send(new byte[7]);
            case "/stream" -> {
              try (OutputStream out = exchange.stream(1L << 40)) {
                out.write(1);
              }
            }
            default -> {
              exchange.responseHeaders().set("Content-Length", "99");
              exchange.sendEmpty();
            }
          }
        });
    RawClient client = connect(server);
    for (String path : List.of("/sent", "/stream", "/empty")) {
      client.say("HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    assertThat(client.head()).contains("Content-Length: 7\r\n");
    assertThat(client.head()).contains("Content-Length: 1099511627776\r\n");
    assertThat(client.head()).contains("Content-Length: 99\r\n");
  }

  @Test
  void continueIsSaidWhenTheHandlerAsksForTheBody() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    RawClient client =
        connect(server)
            .say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n")
            .say("Expect: 100-continue\r\n\r\n");
    assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    client.say("ok");
    assertThat(client.status()).isEqualTo("200");
  }

  @Test
  void aCallerThatWaitsForContinueAndIsRefusedNeverSendsItsBody() throws Exception {
    HttpServer server = serve(exchange -> exchange.status(403).sendEmpty());
    RawClient client =
        connect(server)
            .say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n")
            .say("Expect: 100-continue\r\n\r\n");
    assertThat(client.head()).startsWith("HTTP/1.1 403").contains("Connection: close");
    assertThat(client.rest()).isEmpty();
  }

  @Test
  void anUnreadSmallBodyIsThrownAwayAndTheConnectionKept() throws Exception {
    HttpServer server = serve(exchange -> exchange.status(403).sendEmpty());
    RawClient client = connect(server);
    byte[] body = new byte[200_000];
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n").say(body);
    assertThat(client.head()).startsWith("HTTP/1.1 403").doesNotContain("close");
    client.say("PUT /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.status()).isEqualTo("403");
  }

  @Test
  void aCallerThatIsStillSendingALargeBodyReadsItsRefusal() throws Exception {
    HttpServer server = serve(exchange -> exchange.status(403).send(new byte[] {'n', 'o'}));
    RawClient client = connect(server);
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n");
    client.say(new byte[1 << 20]);
    assertThat(client.head()).startsWith("HTTP/1.1 403").contains("Connection: close");
    assertThat(client.rest()).isEqualTo("no");
  }

  @Test
  void aLargeBodyIsReadWhole() throws Exception {
    HttpServer server =
        serve(exchange -> {
          long size = exchange.body().transferTo(OutputStream.nullOutputStream());
          exchange.send(Long.toString(size).getBytes(StandardCharsets.US_ASCII));
        });
    RawClient client = connect(server);
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n");
    for (int each = 0; each < 1024; each++) {
      client.say(new byte[64 << 10]);
    }
    assertThat(client.head()).startsWith("HTTP/1.1 200");
    assertThat(client.read(8)).isEqualTo("67108864");
  }

  @Test
  void aHandlerThatFailsAnswersFiveHundredAndTheConnectionGoesOn() throws Exception {
    HttpServer server =
        serve(exchange -> {
          switch (exchange.path()) {
            case "/fault" -> throw new IllegalStateException("secret");
            case "/failure" -> throw new IOException("secret");
            case "/buffered" -> {
              exchange.stream(-1).write('x');
              throw new IOException("secret");
            }
            default -> {}
          }
        });
    RawClient client = connect(server);
    for (String path : List.of("/fault", "/failure", "/buffered", "/nothing")) {
      client.say("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 500");
      int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      assertThat(client.read(length)).contains("internal error").doesNotContain("secret");
    }
  }

  @Test
  void halfAnAnswerEndsTheConnection() throws Exception {
    HttpServer server =
        serve(exchange -> {
          OutputStream out = exchange.stream(exchange.path().equals("/fixed") ? 10 : -1);
          out.write('x');
          out.flush();
        });
    for (String path : List.of("/fixed", "/chunked")) {
      RawClient client = connect(server).say("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.rest()).doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void anAnswerThatBreaksItsPromiseIsAFault() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    HttpServer server =
        serve(exchange -> {
          OutputStream out = exchange.stream(1);
          out.write('x');
          try {
            out.write('y');
          } catch (IOException refused) {
            seen.add(refused.getMessage());
          }
          out.close();
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.status()).isEqualTo("200");
    assertThat(seen.take()).contains("a body of 1 bytes was promised");
  }

  @Test
  void anHttp10CallerGetsAPlainBodyAndTheEndOfTheConnection() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            out.write(new byte[20_000]);
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.0\r\n\r\n");
    assertThat(client.head()).contains("Connection: close").doesNotContain("chunked");
    assertThat(client.rest()).hasSize(20_000);
  }

  @Test
  void closingAnswersWhatIsInFlightAndNothingMore() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    HttpServer server =
        serve(exchange -> {
          entered.countDown();
          await(go);
          exchange.send(new byte[] {'k'});
        });
    RawClient busy = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    RawClient idle = connect(server);
    entered.await();
    CountDownLatch closed = new CountDownLatch(1);
    world
        .tasks()
        .start(
            "closer",
            () -> {
              try {
                assertThat(server.close(LONG)).isTrue();
                closed.countDown();
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
            });
    assertThat(idle.rest()).isEmpty();
    go.countDown();
    assertThat(busy.head()).startsWith("HTTP/1.1 200").contains("Connection: close");
    assertThat(busy.rest()).isEqualTo("k");
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressInUseIsSaidSo() throws Exception {
    HttpServer server = serve(ServerTest::echo);
    assertThatThrownBy(
            () -> HttpServer.start(world, HttpLimits.DEFAULT, server.address(), ServerTest::echo))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  @Test
  void aServerListensAtAFileToo(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    keep(HttpServer.start(world, HttpLimits.DEFAULT, address, ServerTest::echo));
    HttpClient client = keep(HttpClient.open(world));
    ClientRequest.Body body = new ClientRequest.Body.Bytes(new byte[] {'h', 'i'});
    ClientResponse response =
        keep(client.send(address, ClientRequest.of("POST", "/").with(body), LONG));
    assertThat(response.body().readAllBytes()).asString().isEqualTo("hi");
  }
}
