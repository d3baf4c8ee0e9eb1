package cloud.bevy.doors.control;

import cloud.bevy.hyper.bee.BeeCheck;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Verification;
import cloud.bevy.hyper.core.Verification.Damage;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.services.buckets.Holdings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is said of cores: their keys, and what a walk over all of one has found.
final class CoreFields {
  /// How often a walk is made where the core was changed meanwhile, and perhaps cut.
  private static final int MOST_WALKS = 3;

  /// How many ranges of missing blocks are listed.
  private static final int MOST_MISSING = 100;

  private CoreFields() {}

  static Map<String, Object> key(String name, byte[] key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("key", Ids.encode(key));
    fields.put("hex", HexFormat.of().formatHex(key));
    return fields;
  }

  /// What a walk over all of a core has found.
  ///
  /// @param missing sentences about blocks that are not there
  record Walk(Core core, Head head, Verification found, List<String> missing) {
    /// Reads all of a core back and checks it. Blocks that are not there are none of its business:
    /// they may have been cleared.
    static Walk over(Core core) {
      Head head = core.head();
      Verification found = core.verify(head);
      for (int walk = 1; walk < MOST_WALKS && !found.sound() && !head.equals(core.head()); walk++) {
        head = core.head();
        found = core.verify(head);
      }
      return new Walk(core, head, found, List.of());
    }

    /// The same of a core that must have all its blocks, as that of a bee.
    static Walk overAll(Core core) {
      Walk walk = over(core);
      boolean ended = walk.found.damages().size() >= Verification.MOST_DAMAGES;
      List<String> missing = new ArrayList<>();
      if (!ended && walk.found.present() + walk.damaged().size() < walk.head.length()) {
        for (long i = 0; i < walk.head.length() && missing.size() < MOST_MISSING; i++) {
          if (!core.has(i)) {
            long from = i;
            while (i + 1 < walk.head.length() && !core.has(i + 1)) {
              i++;
            }
            missing.add(
                from == i
                    ? "block " + from + ": it is missing"
                    : "blocks " + from + " to " + i + ": they are missing");
          }
        }
      }
      return new Walk(core, walk.head, walk.found, missing);
    }

    boolean sound() {
      return found.sound() && missing.isEmpty();
    }

    /// The blocks that cannot be read, or are not those that were appended.
    NavigableSet<Long> damaged() {
      NavigableSet<Long> blocks = new TreeSet<>();
      for (Damage damage : found.damages()) {
        if (damage instanceof Damage.Block(long index, String _)) {
          blocks.add(index);
        }
      }
      return blocks;
    }

    /// @param label what the core is of its drive or bee
    Map<String, Object> fields(String label) {
      Map<String, Object> fields = key(label, core.key());
      fields.put("sound", sound());
      fields.put("length", head.length());
      fields.put("byteLength", head.byteLength());
      fields.put("fork", head.fork());
      fields.put(
          "rootHash",
          HexFormat.of().formatHex(head.length() == 0 ? core.rootHash() : head.rootHash()));
      fields.put("blocks", found.present());
      List<String> damages = new ArrayList<>(missing);
      found.damages().forEach(damage -> damages.add(sentence(damage)));
      fields.put("damages", damages);
      return fields;
    }
  }

  /// What going through the tree of a bee has shown.
  static Map<String, Object> entries(BeeCheck check) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sound", check.sound());
    fields.put("entries", check.entries());
    fields.put("damages", check.problems());
    return fields;
  }

  /// Whether the bytes are here of all that needs some.
  static Map<String, Object> files(Holdings holdings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sound", holdings.problems().isEmpty());
    fields.put("files", holdings.objects());
    fields.put("others", holdings.others());
    fields.put("damages", holdings.problems());
    return fields;
  }

  /// The answer about a bucket or a table.
  ///
  /// @param parts what was found of its tree and, of a bucket, its files
  static Map<String, Object> report(
      NamedThing thing, Map<String, Map<String, Object>> parts, List<Map<String, Object>> cores) {
    boolean sound =
        Stream.concat(parts.values().stream(), cores.stream())
            .allMatch(part -> Boolean.TRUE.equals(part.get("sound")));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", thing.kind());
    fields.put("name", thing.name());
    fields.put("sound", sound);
    fields.putAll(parts);
    fields.put("cores", cores);
    return fields;
  }

  /// What was looked at: a `bucket` or a `table`.
  record NamedThing(String kind, String name) {}

  private static String sentence(Damage damage) {
    return switch (damage) {
      case Damage.Block(long index, String reason) -> "block " + index + ": " + reason;
      case Damage.Node(long index, String reason) -> "tree node " + index + ": " + reason;
      case Damage.Roots(String reason) -> "roots: " + reason;
      case Damage.Signature(String reason) -> "signature: " + reason;
    };
  }
}
