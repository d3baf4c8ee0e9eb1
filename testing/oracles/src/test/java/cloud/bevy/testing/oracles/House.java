package cloud.bevy.testing.oracles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The floors of the house and, on each, its modules from left to right. A module may require
/// modules on lower floors, and those to its right on its own.
final class House {
  private static final String PREFIX = "cloud.bevy.";

  /// The floor that is never shipped: it may require everything, and nothing requires it.
  private static final String OUTSIDE = "testing";

  /// The floor whose modules do not require each other, but for the one that searches them all.
  private static final String SEPARATE = "services";

  private static final String SEARCH = "search";

  private static final List<String> FLOORS =
      List.of("foundation", "hyper", "cluster", "services", "doors", "product");

  private static final Map<String, List<String>> MODULES = modules();

  private House() {}

  private static Map<String, List<String>> modules() {
    Map<String, List<String>> modules = new LinkedHashMap<>();
    modules.put("foundation", List.of("http", "extraction", "crypto", "base"));
    modules.put(
        "hyper",
        List.of("dht", "replication", "drive", "bee", "core", "store", "mux", "stream", "wire"));
    modules.put("cluster", List.of("orchestrator", "swarm", "cloud"));
    modules.put(
        "services", List.of("functions", "vm", "search", "tables", "buckets", "files", "messages"));
    modules.put(
        "doors", List.of("opensearch", "aws", "mqtt", "dns", "control", "replication", "http"));
    modules.put("product", List.of("cli", "console", "node"));
    modules.put("testing", List.of("ordeal", "interop", "oracles", "peers", "simulator"));
    return modules;
  }

  /// Whether a folder `floor/name` has a place in the house.
  static boolean knows(String folder) {
    String floor = folder.substring(0, folder.indexOf('/'));
    String name = folder.substring(folder.indexOf('/') + 1);
    return MODULES.getOrDefault(floor, List.of()).contains(name);
  }

  static boolean isOurs(String module) {
    return module.startsWith(PREFIX);
  }

  /// The name of the module in a folder.
  static String module(String folder) {
    return PREFIX + folder.replace('/', '.');
  }

  /// Whether the module in `folder` may require the module `required`.
  static boolean mayRequire(String folder, String required) {
    String[] from = folder.split("/", 2);
    String[] to = required.substring(PREFIX.length()).split("\\.", 2);
    if (from[0].equals(OUTSIDE)) {
      return !to[0].equals(OUTSIDE) || isRight(from, to);
    }
    if (to[0].equals(OUTSIDE)) {
      return false;
    }
    if (from[0].equals(to[0])) {
      boolean separate = from[0].equals(SEPARATE) && !from[1].equals(SEARCH);
      return !separate && isRight(from, to);
    }
    return FLOORS.indexOf(to[0]) < FLOORS.indexOf(from[0]);
  }

  private static boolean isRight(String[] from, String[] to) {
    List<String> floor = MODULES.getOrDefault(from[0], List.of());
    return floor.indexOf(to[1]) > floor.indexOf(from[1]);
  }
}
