package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.FileSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAnswerTest extends ServerTest {
  private static final int SIZE = 3_000_000;

  @TempDir Path folder;
  private final Semaphore closed = new Semaphore(0);
  private String text = "";
  private Path file;

  @BeforeEach
  void fill() throws IOException {
    StringBuilder all = new StringBuilder();
    SplittableRandom random = new SplittableRandom(1);
    random.ints(SIZE, 'a', 'z').forEach(letter -> all.append((char) letter));
    text = all.toString();
    file = Files.writeString(folder.resolve("file"), text);
  }

  @Test
  void whatStandsInAFileIsSentInOrderWithTheRest() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(SIZE + 6)) {
            out.write("one".getBytes(StandardCharsets.US_ASCII));
            sink(out).send(part(), 0, 1_000);
            sink(out).send(part(), 1_000, SIZE - 1_000);
            out.write("two".getBytes(StandardCharsets.US_ASCII));
          }
        });
    for (int round = 0; round < 2; round++) {
      RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).contains("Content-Length: " + (SIZE + 6));
      assertThat(client.read(SIZE + 6)).isEqualTo("one" + text + "two");
    }
    assertThat(closed.tryAcquire(4, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatStandsInAFileMayBeAChunk() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(-1)) {
            sink(out).send(part(), 7, 20_000);
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("Transfer-Encoding: chunked");
    assertThat(client.read(6 + 20_000 + 7))
        .isEqualTo("4e20\r\n" + text.substring(7, 20_007) + "\r\n0\r\n\r\n");
    assertThat(closed.tryAcquire(1, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingOfAFileIsSentToWhoAsksForTheHead() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(SIZE)) {
            sink(out).send(part(), 0, SIZE);
          }
        });
    RawClient client =
        connect(server).say("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("Content-Length: " + SIZE);
    assertThat(client.head()).contains("Content-Length: " + SIZE);
    assertThat(closed.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theFileIsClosedWhereTheCallerIsGone() throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    HttpServer server =
        serve(exchange -> {
          int count = 0;
          try (OutputStream out = exchange.stream(100L * SIZE)) {
            for (; count < 100; count++) {
              sink(out).send(part(), 0, SIZE);
            }
          } finally {
            sent.complete(count);
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("200 OK");
    client.socket().close();
    int begun = sent.get(10, TimeUnit.SECONDS) + 1; // with the one that could not be sent
    assertThat(begun).isLessThan(100);
    assertThat(closed.tryAcquire(begun, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manySmallPartsAreSentInOrder() throws Exception {
    HttpServer server =
        serve(exchange -> {
          try (OutputStream out = exchange.stream(SIZE)) {
            for (int at = 0; at < SIZE; at += 1_000) {
              sink(out).send(part(), at, 1_000);
            }
          }
        });
    RawClient client = connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(client.head()).contains("Content-Length: " + SIZE);
    assertThat(client.read(SIZE)).isEqualTo(text);
    assertThat(closed.tryAcquire(SIZE / 1_000, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theFileIsClosedWhereTheHandlerFailsBeforeTheAnswerIsWhole() throws Exception {
    HttpServer server =
        serve(exchange -> {
          OutputStream out = exchange.stream(SIZE);
          sink(out).send(part(), 0, 1_000);
          throw new IllegalStateException("a fault on purpose");
        });
    connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(closed.tryAcquire(1, 10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void moreThanWasPromisedIsNotSent() throws Exception {
    CompletableFuture<Void> refused = new CompletableFuture<>();
    HttpServer server =
        serve(exchange -> {
          OutputStream out = exchange.stream(10);
          assertThatThrownBy(() -> sink(out).send(part(), 0, 11)).isInstanceOf(IOException.class);
          refused.complete(null);
        });
    connect(server).say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    refused.get(10, TimeUnit.SECONDS);
    assertThat(closed.tryAcquire(1, 10, TimeUnit.SECONDS)).isTrue();
  }

  private static FileSink sink(OutputStream out) {
    return (FileSink) out;
  }

  private FilePart part() throws IOException {
    FileChannel channel = FileChannel.open(file);
    return new FilePart() {
      @Override
      public long size() {
        return SIZE;
      }

      @Override
      public long transferTo(long from, long count, WritableByteChannel to) throws IOException {
        return channel.transferTo(from, Math.min(count, 100_000), to);
      }

      @Override
      public void close() {
        try {
          channel.close();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        closed.release();
      }
    };
  }
}
