package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.Iterator;
import java.util.List;

/// Carries items out of tables and into them. It knows where to and in what form; tables know which
/// items, and how to go on after a crash.
///
/// What it throws as [TransferFailure] ends the export or the import.
public interface Carrier {
  /// Begins an export: says so where it goes. Done twice, it comes to the same.
  void begin(Cloud cloud, Export export);

  /// Stores one file of an export: takes items until it has enough, and no more of them than it
  /// stores. What was stored under the same number before is replaced.
  ///
  /// @param number counted from 0
  ExportFile store(Cloud cloud, Export export, int number, Iterator<ExportedItem> items);

  /// Says where the export goes what it consists of. Done twice, it comes to the same.
  ///
  /// @param export as it will be when it has ended
  void conclude(Cloud cloud, Export export, List<ExportFile> files);

  /// Opens what is to be imported.
  ///
  /// @param from where to begin, or to go on
  ImportSource open(Cloud cloud, Import task, ImportPosition from);
}
