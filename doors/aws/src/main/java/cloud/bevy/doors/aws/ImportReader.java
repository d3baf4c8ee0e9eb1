package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ImportedRecord;
import java.io.IOException;
import java.util.Optional;

/// Reads the records of one file of an import.
interface ImportReader {
  /// The next record; nothing behind the last, and behind one that says that the file is none.
  Optional<ImportedRecord> next() throws IOException;
}
