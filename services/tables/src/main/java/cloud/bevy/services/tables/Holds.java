package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;

/// Who needs the bees of tables, apart from the tables themselves: entries of the catalogue. The
/// bee of a deleted table is dropped when nobody needs it any more.
///
/// `needed:…` is a bee and who needs it, `held:…` a bee that would be dropped otherwise, `drop:…`
/// one that is to be.
final class Holds {
  static final String DROP = "drop:";

  /// The readers of the stream of a table that is deleted.
  static final String STREAM = "stream";

  private static final String NEEDED = "needed:";
  private static final String HELD = "held:";
  private static final byte[] NOTHING = new byte[0];

  private final BeeBatch catalogue;

  /// In a turn of the catalogue.
  Holds(BeeBatch catalogue) {
    this.catalogue = catalogue;
  }

  static String backup(String id) {
    return "backup/" + id;
  }

  static String export(String id) {
    return "export/" + id;
  }

  static String restoration(String incarnation) {
    return "restoration/" + incarnation;
  }

  /// Keeps a bee for somebody.
  ///
  /// @param backup the id of the backup by which the bee is needed
  void need(String incarnation, String who, String backup) {
    catalogue.put(needed(incarnation, who), key(backup));
  }

  /// Keeps it no more, and has it dropped if that was all that kept it.
  void release(String incarnation, String who) {
    catalogue.delete(needed(incarnation, who));
    if (catalogue.get(key(HELD + incarnation)).isPresent() && !isNeeded(incarnation)) {
      catalogue.delete(key(HELD + incarnation));
      catalogue.put(key(DROP + incarnation), NOTHING);
    }
  }

  /// Has the bee of a deleted table dropped as soon as nobody needs it.
  void drop(String incarnation) {
    catalogue.put(key((isNeeded(incarnation) ? HELD : DROP) + incarnation), NOTHING);
  }

  /// Whether somebody restores a table from a backup.
  boolean isRestored(String incarnation, String backup) {
    BeeCursor cursor = catalogue.range(Range.prefix(needed(incarnation, restoration(""))));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      if (new String(entry.value(), StandardCharsets.UTF_8).equals(backup)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNeeded(String incarnation) {
    return catalogue.range(Range.prefix(needed(incarnation, "")).limit(1)).hasNext();
  }

  private static byte[] needed(String incarnation, String who) {
    return key(NEEDED + incarnation + "/" + who);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
