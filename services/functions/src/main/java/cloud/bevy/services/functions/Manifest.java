package cloud.bevy.services.functions;

import java.util.Optional;
import java.util.SequencedMap;

/// What an app consists of, with every default filled in. Written by a person as `bevy.json`, whose
/// keys are all optional; see docs/formats/app.md.
///
/// @param name the app's name
/// @param main the path of the module whose default export answers requests, if one was named
/// @param publicFolder the folder whose files are served as they are
/// @param environment what the function finds in `env`
public record Manifest(
    String name, Optional<String> main, String publicFolder, Environment environment) {
  /// The file a person writes.
  public static final String FILE = "bevy.json";

  /// What the function finds in `env`, by name.
  ///
  /// @param tables tables
  /// @param buckets the names of buckets
  /// @param vars strings
  public record Environment(
      SequencedMap<String, TableSpec> tables,
      SequencedMap<String, String> buckets,
      SequencedMap<String, String> vars) {}

  /// Whether the app may use a table of that name.
  boolean usesTable(String table) {
    return environment.tables().values().stream().anyMatch(spec -> spec.table().equals(table));
  }

  /// Whether the function is told of what changes in a table.
  boolean fed() {
    return environment.tables().values().stream().anyMatch(table -> table.feed().isPresent());
  }

  /// Whether the app may use a bucket of that name.
  boolean usesBucket(String bucket) {
    return environment.buckets().containsValue(bucket);
  }
}
