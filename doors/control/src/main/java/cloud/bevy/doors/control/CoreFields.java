package cloud.bevy.doors.control;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeCheck;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Verification;
import cloud.bevy.hyper.core.Verification.Damage;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.Ids;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is said of cores: their keys, and what a walk over all of one has found.
final class CoreFields {
  /// How often a walk begins anew where the core has grown meanwhile.
  private static final int MOST_WALKS = 3;

  private CoreFields() {}

  static Map<String, Object> key(String name, byte[] key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("key", Ids.encode(key));
    fields.put("hex", HexFormat.of().formatHex(key));
    return fields;
  }

  /// Reads all of a core back and checks it.
  ///
  /// @param label what the core is of its drive or bee
  static Map<String, Object> walk(String label, Core core) {
    Head head = core.head();
    byte[] hash = core.rootHash();
    Verification found = core.verify();
    for (int walk = 1; walk < MOST_WALKS && found.length() != head.length(); walk++) {
      head = core.head();
      hash = core.rootHash();
      found = core.verify();
    }
    Map<String, Object> fields = key(label, core.key());
    fields.put("sound", found.sound());
    fields.put("length", head.length());
    fields.put("byteLength", head.byteLength());
    fields.put("fork", head.fork());
    fields.put("rootHash", HexFormat.of().formatHex(hash));
    fields.put("blocks", found.present());
    fields.put("damages", found.damages().stream().map(CoreFields::sentence).toList());
    return fields;
  }

  /// Goes through the tree of a bee.
  static Map<String, Object> entries(Bee bee) {
    BeeCheck check = bee.verify();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sound", check.sound());
    fields.put("entries", check.entries());
    fields.put("damages", check.problems());
    return fields;
  }

  /// The answer about a bucket or a table.
  static Map<String, Object> report(
      String kind, String name, Map<String, Object> tree, List<Map<String, Object>> cores) {
    boolean sound = Boolean.TRUE.equals(tree.get("sound"));
    for (Map<String, Object> core : cores) {
      sound &= Boolean.TRUE.equals(core.get("sound"));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind);
    fields.put("name", name);
    fields.put("sound", sound);
    fields.put("tree", tree);
    fields.put("cores", cores);
    return fields;
  }

  private static String sentence(Damage damage) {
    return switch (damage) {
      case Damage.Block(long index, String reason) -> "block " + index + ": " + reason;
      case Damage.Node(long index, String reason) -> "tree node " + index + ": " + reason;
      case Damage.Roots(String reason) -> "roots: " + reason;
      case Damage.Signature(String reason) -> "signature: " + reason;
    };
  }
}
