package cloud.bevy.services.tables;

/// What is read out of the files of an import.
public sealed interface ImportedRecord {
  /// An item.
  record Parsed(Item item) implements ImportedRecord {}

  /// Something that is none.
  ///
  /// @param reason why, without what it says
  record Broken(String reason) implements ImportedRecord {}
}
