package cloud.bevy.services.tables;

/// How far an import has read.
///
/// @param object the name of the file; empty before the first
/// @param etag of that file
/// @param records how many records of it; [#ALL] where the next file is next
/// @param bytes of all files so far, not compressed
public record ImportPosition(String object, String etag, long records, long bytes) {
  /// Stands for all records of a file.
  public static final long ALL = -1;

  /// Before the first file.
  public static final ImportPosition BEGINNING = new ImportPosition("", "", ALL, 0);
}
