package cloud.bevy.services.tables;

/// What became of a table that was to be restored.
public sealed interface RestoreOutcome {
  /// It will be there, whatever happens; nobody can use it until all its items are.
  record Begun(Table table) implements RestoreOutcome {}

  /// There is a table of that name.
  ///
  /// @param restoring whether that one is being restored
  record NameTaken(String name, boolean restoring) implements RestoreOutcome {}

  /// Too many tables are being restored already.
  ///
  /// @param most how many may be at once
  record TooMany(int most) implements RestoreOutcome {}

  /// What it was to be made from is no more.
  record SourceGone() implements RestoreOutcome {}
}
