package cloud.bevy.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Compares our DynamoDB door with dynalite on LevelDB: the same client, the same connections, the
/// same items of 1 KiB, in turn, each server in a process of its own and on an empty folder. Ours
/// syncs the disk before it answers a write; dynalite does not.
public final class TablesBench {
  private static final List<String> SERVERS = List.of("bevy", "dynalite");
  private static final int ITEMS = 2_000;
  private static final int OF_A_PARTITION = 20;
  private static final double WARM_UP = 0.4; // of the time that is measured, before each load
  private static final double FIRST_WARM_UP = 10; // seconds, before the first of each kind

  /// Which table requests are for.
  static final String TABLE = "\"TableName\":\"bench\"";

  /// With their keys, items are about a kibibyte.
  static final String DATA = "0123456789abcdef".repeat(60);

  /// Makes that table.
  static final String CREATE_TABLE =
      "{"
          + TABLE
          + ",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
          + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
          + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}],\"KeySchema\":["
          + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
          + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}]}";

  private final int rounds;
  private final double seconds;
  private final Map<String, Map<String, List<Measurement>>> results = new LinkedHashMap<>();

  private TablesBench(int rounds, double seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /// What is asked.
  ///
  /// @param body of each of the requests, which are asked in turn
  private record Load(String operation, int requests, IntFunction<String> body) {}

  /// A request as it goes over the wire.
  private record Call(byte[] head, byte[] body) {
    static Call of(BenchServer server, String operation, String text) throws Exception {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      return new Call(server.signature().head(operation, body), body);
    }
  }

  /// Runs the comparison.
  ///
  /// @param arguments how many rounds, and how many seconds each load is measured
  public static void main(String[] arguments) throws Exception {
    new TablesBench(Integer.parseInt(arguments[0]), Double.parseDouble(arguments[1])).compare();
  }

  private void compare() throws Exception {
    for (int round = 1; round <= rounds; round++) {
      for (String name : SERVERS) {
        System.err.println("round " + round + " of " + rounds + ": " + name);
        Path work = Files.createTempDirectory("bevy-bench");
        try (BenchServer server =
            name.equals("bevy") ? BenchServer.bevy(work) : BenchServer.dynalite(work)) {
          measure(name, server);
        }
        delete(work);
      }
    }
    print();
  }

  private static List<Load> loads() {
    return List.of(
        new Load("PutItem", ITEMS, TablesBench::put),
        new Load("UpdateItem", ITEMS, TablesBench::update),
        new Load("GetItem", ITEMS, item -> "{" + TABLE + ",\"Key\":{" + key(item) + "}}"),
        new Load("Query", ITEMS / OF_A_PARTITION, TablesBench::query));
  }

  private static String key(int item) {
    return String.format(
        Locale.ROOT,
        "\"pk\":{\"S\":\"partition-%04d\"},\"sk\":{\"S\":\"item-%02d\"}",
        item / OF_A_PARTITION,
        item % OF_A_PARTITION);
  }

  private static String put(int item) {
    return "{" + TABLE + ",\"Item\":{" + key(item) + ",\"data\":{\"S\":\"" + DATA + "\"}}}";
  }

  private static String update(int item) {
    return "{"
        + TABLE
        + ",\"Key\":{"
        + key(item)
        + "},\"UpdateExpression\":\"SET version = :v\",\"ConditionExpression\":"
        + "\"attribute_exists(pk)\",\"ExpressionAttributeValues\":{\":v\":{\"N\":\"1\"}}}";
  }

  private static String query(int partition) {
    return "{"
        + TABLE
        + ",\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":"
        + String.format(Locale.ROOT, "{\":p\":{\"S\":\"partition-%04d\"}}}", partition);
  }

  private void measure(String name, BenchServer server) throws Exception {
    createTable(server);
    for (Load load : loads()) {
      run(server, load, new Crowd(16, FIRST_WARM_UP, load.requests()));
    }
    for (int connections : new int[] {1, 16}) {
      for (Load load : loads()) {
        run(server, load, new Crowd(connections, seconds * WARM_UP, 0));
        Measurement one = run(server, load, new Crowd(connections, seconds, 0));
        results
            .computeIfAbsent(one.name(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(one);
      }
    }
  }

  private static void createTable(BenchServer server) throws Exception {
    Call create = Call.of(server, "CreateTable", CREATE_TABLE);
    try (BenchConnection connection = new BenchConnection(server)) {
      connection.call(create.head(), create.body());
      Thread.sleep(1000); // until dynalite's table is there
    }
  }

  private static Measurement run(BenchServer server, Load load, Crowd crowd) throws Exception {
    List<Call> calls = new ArrayList<>();
    for (int request = 0; request < load.requests(); request++) {
      calls.add(Call.of(server, load.operation(), load.body().apply(request)));
    }
    long least = load.operation().equals("Query") ? DATA.length() * OF_A_PARTITION : 2;
    String title = load.operation() + ", " + crowd.size() + " connection";
    return crowd.work(
        server,
        title + (crowd.size() == 1 ? "" : "s"),
        (connection, number) -> {
          Call call = calls.get(number % calls.size());
          if (connection.call(call.head(), call.body()) < least) {
            throw new IOException(load.operation() + " has answered too little");
          }
        });
  }

  private void print() {
    System.out.println(
        "| | bevy | dynalite | ratio | a CPU-second: bevy | dynalite | ratio |\n"
            + "|---|---:|---:|---:|---:|---:|---:|");
    results.forEach((title, of) -> {
      double[] rate = medians(of, Measurement::perSecond);
      double[] cpu = medians(of, Measurement::perCpuSecond);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | **%.1f** | %,.0f | %,.0f | **%.1f** |%n",
          title,
          rate[0],
          rate[1],
          rate[0] / rate[1],
          cpu[0],
          cpu[1],
          cpu[0] / cpu[1]);
    });
    System.out.printf(
        Locale.ROOT, "%nOperations a second, medians of %d rounds, in turn.%n", rounds);
  }

  private static double[] medians(
      Map<String, List<Measurement>> of, ToDoubleFunction<Measurement> value) {
    return SERVERS.stream()
        .mapToDouble(server -> {
          double[] sorted =
              of.getOrDefault(server, List.of()).stream().mapToDouble(value).sorted().toArray();
          return sorted[sorted.length / 2];
        })
        .toArray();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
