package cloud.bevy.services.tables;

/// What an import has read.
///
/// @param imported items that were written, those among them that others have replaced
/// @param errors items that were not
/// @param bytes of the files, not compressed
public record ImportCounts(long imported, long errors, long bytes) {
  /// Of an import that has read nothing.
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0);

  /// All items that were read.
  public long processed() {
    return imported + errors;
  }
}
