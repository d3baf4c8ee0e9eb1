package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import java.util.Locale;

/// How the objects of an export are called (Developer Guide, "DynamoDB table export output
/// format").
final class ExportNames {
  /// What the first of the objects is called.
  static final String STARTED = "_started";

  /// What says which files there are.
  static final String FILES = "manifest-files";

  /// What says what the export is.
  static final String SUMMARY = "manifest-summary";

  private static final String FOLDER = "AWSDynamoDB/";

  private ExportNames() {}

  /// The name of an object about the export.
  static String about(Export export, String name) {
    return root(export) + export.id() + "/" + name;
  }

  /// The object that says what the export is.
  static String manifest(Export export) {
    return about(export, SUMMARY + ".json");
  }

  /// The name of a file. Those of what has changed are in one folder for all exports.
  static String file(Export export, int number) {
    String folder = export.incremental() ? root(export) : root(export) + export.id() + "/";
    String kind = export.order().form().format().equals("ION") ? "ion" : "json";
    return folder
        + "data/%s-%06d.%s.gz".formatted(export.id().toLowerCase(Locale.ROOT), number, kind);
  }

  private static String root(Export export) {
    String prefix = export.order().to().prefix();
    if (prefix == null || prefix.isEmpty()) {
      return FOLDER;
    }
    return prefix + (prefix.endsWith("/") ? "" : "/") + FOLDER;
  }

  /// Whether an object is about an export and not a file of it.
  static boolean isAbout(String object) {
    String name = object.substring(object.lastIndexOf('/') + 1);
    return object.contains(FOLDER)
        && (name.equals(STARTED) || name.startsWith(FILES + ".") || name.startsWith(SUMMARY + "."));
  }
}
