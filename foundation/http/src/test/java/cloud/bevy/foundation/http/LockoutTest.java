package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Callers who take up what others need, by being slow or by doing nothing at all.
class LockoutTest extends ServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";
  private static final Duration STEP = Duration.ofMillis(1);

  private static HttpLimits room(int connections, int requests) {
    return HttpLimits.DEFAULT.with(new HttpLimits.Room(connections, requests, 1_000));
  }

  private String ask(HttpServer server) throws Exception {
    return connect(server).say(GET + "\r\n").status();
  }

  private void awaitRest(HttpServer server) throws InterruptedException {
    while (server.working() > 0) {
      world.tasks().sleep(STEP);
    }
  }

  @Nested
  class SlowCallers {
    @Test
    void aBodyThatDoesNotComeKeepsNobodyOut() throws Exception {
      CountDownLatch entered = new CountDownLatch(1);
      HttpServer server =
          serve(
              room(10, 1),
              exchange -> {
                entered.countDown();
                echo(exchange);
              });
      RawClient slow = connect(server).say(GET + "Content-Length: 2\r\n\r\na");
      entered.await();
      awaitRest(server);
      assertThat(ask(server)).isEqualTo("200");
      assertThat(slow.say("b").status()).as("nor is it cut off").isEqualTo("200");
    }

    @Test
    void anAnswerThatIsNotTakenKeepsNobodyOut() throws Exception {
      CountDownLatch entered = new CountDownLatch(1);
      HttpServer server =
          serve(
              room(10, 1),
              exchange -> {
                if (exchange.path().equals("/small")) {
                  exchange.sendEmpty();
                  return;
                }
                try (OutputStream out = exchange.stream(1L << 40)) {
                  entered.countDown();
                  while (true) {
                    out.write(new byte[1 << 16]);
                  }
                }
              });
      connect(server).say(GET + "\r\n");
      entered.await();
      awaitRest(server);
      assertThat(connect(server).say(GET.replace("/ ", "/small ") + "\r\n").status())
          .isEqualTo("200");
    }

    @Test
    void aBodyThatNobodyReadsKeepsNobodyOut() throws Exception {
      HttpServer server = serve(room(10, 1), Exchange::sendEmpty);
      RawClient slow = connect(server).say(GET + "Content-Length: 999\r\n\r\na");
      assertThat(slow.status()).isEqualTo("200");
      while (server.inFlight() > 0) {
        world.tasks().sleep(STEP);
      }
      assertThat(ask(server)).isEqualTo("200");
    }

    @Test
    void whoeverDoesNotWaitForACallerIsCountedAgainAfterwards() throws Exception {
      CountDownLatch read = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      HttpServer server =
          serve(
              room(10, 1),
              exchange -> {
                int length = exchange.body().readAllBytes().length;
                if (length > 0) {
                  read.countDown();
                  awaitQuietly(go);
                }
                exchange.sendEmpty();
              });
      RawClient first = connect(server).say(GET + "Content-Length: 1\r\n\r\n");
      first.say("a");
      read.await();
      assertThat(ask(server)).isEqualTo("503");
      go.countDown();
      assertThat(first.status()).isEqualTo("200");
      awaitRest(server);
      assertThat(ask(server)).isEqualTo("200");
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  @Nested
  class IdleConnections {
    @Test
    void theOneWithoutARequestForLongestMakesRoom() throws Exception {
      HttpServer server = serve(room(2, 10), ServerTest::echo);
      RawClient first = connect(server).say(GET + "\r\n");
      assertThat(first.status()).isEqualTo("200");
      RawClient second = connect(server).say(GET + "\r\n");
      assertThat(second.status()).isEqualTo("200");
      assertThat(first.say(GET + "\r\n").status()).isEqualTo("200");
      RawClient third = connect(server).say(GET + "\r\n");
      assertThat(third.status()).isEqualTo("200");
      assertThat(second.rest()).isEmpty();
      assertThat(first.say(GET + "\r\n").status()).isEqualTo("200");
      assertThat(third.say(GET + "\r\n").status()).isEqualTo("200");
    }

    @Test
    void connectionsThatSayNothingMakeRoom() throws Exception {
      HttpServer server = serve(room(2, 10), ServerTest::echo);
      for (int each = 0; each < 10; each++) {
        connect(server);
      }
      assertThat(ask(server)).isEqualTo("200");
    }

    @Test
    void headsThatDoNotEndMakeRoom() throws Exception {
      HttpServer server = serve(room(2, 10), ServerTest::echo);
      for (int each = 0; each < 10; each++) {
        connect(server).say("GET / HTTP/1.1\r\nX-a: ");
      }
      assertThat(ask(server)).isEqualTo("200");
    }

    @Test
    void bodiesThatNobodyReadsMakeRoom() throws Exception {
      HttpServer server = serve(room(2, 10), Exchange::sendEmpty);
      for (int each = 0; each < 2; each++) {
        RawClient slow = connect(server).say(GET + "Content-Length: 999\r\n\r\na");
        assertThat(slow.status()).isEqualTo("200");
      }
      assertThat(ask(server)).isEqualTo("200");
    }
  }
}
