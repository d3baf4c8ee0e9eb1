package cloud.bevy.services.tables;

import java.util.List;

/// Some of a cloud's streams, by the names of their tables and then by when they were switched on.
///
/// @param streams the streams
/// @param more whether there are more behind the last of them
public record StreamPage(List<Named> streams, boolean more) {
  /// Copies the streams.
  public StreamPage {
    streams = List.copyOf(streams);
  }

  /// A stream and its table.
  ///
  /// @param table the table's name
  /// @param label the stream's
  public record Named(String table, String label) implements Comparable<Named> {
    @Override
    public int compareTo(Named other) {
      int tables = table.compareTo(other.table);
      return tables != 0 ? tables : label.compareTo(other.label);
    }
  }
}
