package cloud.bevy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Runs a benchmark and its peer in turn, several rounds, each in a process of its own and in an
/// empty folder, and prints a table of medians. `Comparison core 5` compares `CoreBench` with
/// `bench/core/peer.mjs`.
public final class Comparison {
  private static final String PACKAGE = "cloud.bevy.bench.";

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, List<Measurement>> ours = new LinkedHashMap<>();
  private final Map<String, List<Measurement>> theirs = new LinkedHashMap<>();

  private Comparison() {}

  /// Runs a comparison.
  ///
  /// @param arguments the benchmark's name, and how many rounds
  public static void main(String[] arguments) throws Exception {
    new Comparison().compare(arguments[0], Integer.parseInt(arguments[1]));
  }

  private void compare(String name, int rounds) throws IOException, InterruptedException {
    String program = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Bench";
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      run(java(PACKAGE + program), ours);
      run(List.of("node", "bench/" + name + "/peer.mjs"), theirs);
    }
    print(rounds);
  }

  private static List<String> java(String program) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:+UnlockDiagnosticVMOptions",
        BenchProcess.OPEN_CIPHERS,
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx1g",
        "-cp",
        System.getProperty("java.class.path"),
        program);
  }

  private void run(List<String> command, Map<String, List<Measurement>> results)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bevy-bench");
    List<String> whole = new ArrayList<>(command);
    whole.add(folder.toString());
    Process process =
        new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    delete(folder);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
    for (String line : output.lines().toList()) {
      Measurement one = json.readValue(line, Measurement.class);
      results.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(one);
    }
  }

  private void print(int rounds) {
    System.out.println(
        "| | ours a CPU-second | npm's a CPU-second | ratio | ours a second | npm's |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    ours.forEach((name, mine) -> {
      List<Measurement> peer = theirs.getOrDefault(name, List.of());
      double my = median(mine, Measurement::perCpuSecond);
      double your = median(peer, Measurement::perCpuSecond);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | **%.1f** | %,.0f | %,.0f |%n",
          name,
          my,
          your,
          my / your,
          median(mine, Measurement::perSecond),
          median(peer, Measurement::perSecond));
    });
    System.out.println();
    System.out.println("Medians of " + rounds + " rounds; both in the same run, taking turns.");
  }

  private static double median(List<Measurement> all, ToDoubleFunction<Measurement> of) {
    double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
