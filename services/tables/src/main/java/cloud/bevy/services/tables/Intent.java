package cloud.bevy.services.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a transaction will do to one of several tables.
///
/// @param table the name of the table
/// @param incarnation of the table
/// @param version that the table's bee has before it: a later one has it
/// @param writes what is written
record Intent(String table, String incarnation, long version, List<Write> writes) {
  Intent {
    writes = List.copyOf(writes);
  }

  /// One item.
  ///
  /// @param key in the bee
  /// @param json what it becomes; null if it is deleted
  record Write(byte[] key, byte @Nullable [] json) {}
}
