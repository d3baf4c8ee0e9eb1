package cloud.bevy.services.tables;

import java.util.Optional;

/// The files of an import, being read.
public interface ImportSource extends AutoCloseable {
  /// The next record; nothing behind the last.
  ///
  /// @throws TransferFailure if the import cannot go on
  Optional<ImportedRecord> next();

  /// The place behind the record that was read last.
  ImportPosition position();

  @Override
  void close();
}
