package cloud.bevy.services.tables;

/// What became of a table that was to be created.
public sealed interface CreateOutcome {
  /// It exists, durably, and can be used.
  record Created(Table table) implements CreateOutcome {}

  /// There is a table of that name.
  record NameTaken(String name) implements CreateOutcome {}
}
