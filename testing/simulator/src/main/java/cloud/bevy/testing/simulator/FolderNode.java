package cloud.bevy.testing.simulator;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder: its entries as programs see them, and as they are after a crash.
final class FolderNode implements DiskNode {
  private Map<String, DiskNode> now = new TreeMap<>();
  private final Map<String, DiskNode> durable = new TreeMap<>();

  Map<String, DiskNode> now() {
    return now;
  }

  Map<String, DiskNode> durable() {
    return durable;
  }

  /// Sets or, with no node, removes an entry.
  static void set(Map<String, DiskNode> entries, String name, @Nullable DiskNode node) {
    if (node == null) {
      entries.remove(name);
    } else {
      entries.put(name, node);
    }
  }

  void forget() {
    now = new TreeMap<>(durable);
  }
}
