package cloud.bevy.doors.control;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeCheck;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Verification;
import cloud.bevy.hyper.core.Verification.Damage;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveFault;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.Listing;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.Ids;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is said of cores: their keys, and what a walk over all of one has found.
final class CoreFields {
  /// How often a walk is made where the core was changed meanwhile, and perhaps cut.
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
    Verification found = core.verify(head);
    for (int walk = 1; walk < MOST_WALKS && !found.sound() && !head.equals(core.head()); walk++) {
      head = core.head();
      found = core.verify(head);
    }
    Map<String, Object> fields = key(label, core.key());
    fields.put("sound", found.sound());
    fields.put("length", head.length());
    fields.put("byteLength", head.byteLength());
    fields.put("fork", head.fork());
    fields.put(
        "rootHash",
        HexFormat.of().formatHex(head.length() == 0 ? core.rootHash() : head.rootHash()));
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

  /// Looks whether the bytes of all files are here, which a walk over the core with them cannot
  /// tell: blocks that are lost look there like blocks that were cleared.
  static Map<String, Object> files(Drive drive) {
    List<String> damages = new ArrayList<>();
    long files = 0;
    Iterator<DriveFile> each = drive.list(Listing.all());
    try {
      while (each.hasNext() && damages.size() < Verification.MOST_DAMAGES) {
        DriveFile file = each.next();
        files++;
        if (file.entry().blob().filter(blob -> !drive.has(blob)).isPresent()) {
          damages.add("not all bytes of " + file.path() + " are here");
        }
      }
    } catch (DriveFault malformed) {
      damages.add(malformed.getMessage());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sound", damages.isEmpty());
    fields.put("files", files);
    fields.put("damages", damages);
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
