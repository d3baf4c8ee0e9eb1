package cloud.bevy.testing.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Runs a scenario with many seeds: first those that have once failed, which a test keeps in the
/// file `seeds.txt` among its resources, a line `name seed # what it found` each; then as many as
/// it asks for.
///
/// `-Dbevy.seed=17` runs that seed alone, `-Dbevy.seeds=1000` so many instead of the test's own
/// number, and `-Dbevy.seeds.from=5000` begins elsewhere than at 1.
public final class Seeds {
  private static final String KEPT = "/seeds.txt";

  private Seeds() {}

  /// Runs a scenario once for each seed and stops at the first that fails.
  ///
  /// @param name what the file of kept seeds calls the scenario
  /// @param count how many seeds to run, where the command line does not say
  /// @throws SimulationFailed with the seed, and how to see it again and keep it
  public static void forEach(String name, int count, Scenario scenario) {
    for (long seed : seeds(name, count, scenario.getClass())) {
      try {
        Simulation.run(seed, scenario);
      } catch (SimulationFailed failed) {
        String keep = "\n  to keep it, in src/test/resources/seeds.txt: " + name + " " + seed;
        throw new SimulationFailed(seed, failed.getMessage() + keep, failed.getCause());
      }
    }
  }

  static long[] seeds(String name, int count, Class<?> test) {
    Long only = Long.getLong("bevy.seed");
    if (only != null) {
      return new long[] {only};
    }
    long from = Long.getLong("bevy.seeds.from", 1);
    long many = Long.getLong("bevy.seeds", count);
    LongStream kept = kept(name, test).stream().mapToLong(Long::longValue);
    return LongStream.concat(kept, LongStream.range(from, from + many)).toArray();
  }

  private static List<Long> kept(String name, Class<?> test) {
    List<Long> seeds = new ArrayList<>();
    try (InputStream file = test.getResourceAsStream(KEPT)) {
      if (file == null) {
        return seeds;
      }
      var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String kept = line.replaceFirst("#.*", "").strip();
        int space = kept.lastIndexOf(' ');
        if (space > 0 && kept.substring(0, space).strip().equals(name)) {
          seeds.add(Long.parseLong(kept.substring(space + 1)));
        }
      }
      return seeds;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
