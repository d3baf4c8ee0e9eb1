package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ImportOrder;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A file of items in one of the formats of DynamoDB's imports, for programs that read one
/// themselves.
public final class ItemFile {
  private final ImportReader reader;

  private ItemFile(ImportReader reader) {
    this.reader = reader;
  }

  /// Comma-separated values whose first line says what the columns are called.
  ///
  /// @param table whose keys say which columns are no strings
  public static ItemFile csv(InputStream bytes, TableDefinition table) throws IOException {
    ByteFeed feed = new ByteFeed(bytes);
    feed.skipMark();
    return new ItemFile(new CsvLines(feed, new ImportOrder.Csv(null, List.of()), table));
  }

  /// The next record; nothing behind the last.
  public Optional<ImportedRecord> next() throws IOException {
    return reader.next();
  }
}
