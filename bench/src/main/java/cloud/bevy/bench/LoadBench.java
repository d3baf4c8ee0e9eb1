package cloud.bevy.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// Fills a table by BatchWriteItem, 25 items of a kibibyte a request, and then reads items of it at
/// random: how long the filling takes, and how long a caller waits for an item.
public final class LoadBench {
  private static final int BATCH = 25;
  private static final int WRITERS = 16;
  private static final int READS = 100_000;
  private static final int WARM_UP = 20_000; // reads
  private static final int OF_A_PARTITION = 100;

  private final int items;

  private LoadBench(int items) {
    this.items = items;
  }

  /// Runs it.
  ///
  /// @param arguments how many items there are
  public static void main(String[] arguments) throws Exception {
    LoadBench bench = new LoadBench(Integer.parseInt(arguments[0]));
    Path work = Files.createTempDirectory("bevy-bench");
    try (BenchServer server = BenchServer.bevy(work)) {
      bench.run(server);
    } finally {
      delete(work);
    }
  }

  private void run(BenchServer server) throws Exception {
    try (BenchConnection connection = new BenchConnection(server)) {
      call(server, connection, "CreateTable", TablesBench.CREATE_TABLE);
    }
    Measurement load = load(server);
    System.out.printf(
        Locale.ROOT,
        "%,d items of a kibibyte in %.1f s, %,.0f a second; %.1f s of the server's CPU time%n%n",
        items,
        load.seconds(),
        items / load.seconds(),
        load.cpuSeconds());
    System.out.println(
        "| GetItem, at random | a second | CPU ms each | p50 ms | p99 ms | p99.9 ms |\n"
            + "|---|---:|---:|---:|---:|---:|");
    read(server, 4, new long[WARM_UP]);
    for (int connections : new int[] {1, 4, 16}) {
      long[] nanos = new long[READS];
      Measurement reads = read(server, connections, nanos);
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "| %d connections | %,.0f | %.3f | %.2f | %.2f | %.2f |%n",
          connections,
          reads.perSecond(),
          reads.cpuSeconds() / READS * 1e3,
          nanos[READS / 2] / 1e6,
          nanos[READS / 100 * 99] / 1e6,
          nanos[READS / 1000 * 999] / 1e6);
    }
  }

  private Measurement load(BenchServer server) throws Exception {
    int batches = items / BATCH;
    return new Crowd(WRITERS, 0, batches)
        .work(
            server,
            "BatchWriteItem",
            (connection, batch) -> {
              if (batch < batches) {
                StringBuilder body = new StringBuilder("{\"RequestItems\":{\"bench\":[");
                for (int item = batch * BATCH; item < (batch + 1) * BATCH; item++) {
                  body.append(item % BATCH == 0 ? "" : ",")
                      .append("{\"PutRequest\":{\"Item\":{")
                      .append(key(item))
                      .append(",\"data\":{\"S\":\"")
                      .append(TablesBench.DATA)
                      .append("\"}}}}");
                }
                call(server, connection, "BatchWriteItem", body.append("]}}").toString());
              }
            });
  }

  /// Reads as many items as there are places for what each took.
  private Measurement read(BenchServer server, int connections, long[] nanos) throws Exception {
    Random random = new Random(connections);
    int[] wanted = random.ints(nanos.length, 0, items).toArray();
    return new Crowd(connections, 0, nanos.length)
        .work(
            server,
            "GetItem",
            (connection, number) -> {
              if (number < nanos.length) {
                String body = "{" + TablesBench.TABLE + ",\"Key\":{" + key(wanted[number]) + "}}";
                nanos[number] = call(server, connection, "GetItem", body);
              }
            });
  }

  /// Asks for something, and says how many nanoseconds it took from the first byte that was sent.
  private static long call(
      BenchServer server, BenchConnection connection, String operation, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    byte[] head;
    try {
      head = server.signature().head(operation, body);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    long begun = System.nanoTime();
    long length = connection.call(head, body);
    if (operation.equals("GetItem") && length < TablesBench.DATA.length()) {
      throw new IOException("an item is not there");
    }
    return System.nanoTime() - begun;
  }

  /// Keys in an order that has nothing to do with that of the table.
  private static String key(int item) {
    int mixed = Integer.reverse(item) ^ item * 0x9E3779B1;
    return String.format(
        Locale.ROOT,
        "\"pk\":{\"S\":\"partition-%08x\"},\"sk\":{\"S\":\"item-%08d\"}",
        mixed / OF_A_PARTITION,
        item);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }
}
