package cloud.bevy.services.tables;

/// The key of an item of a table.
public record TableKey(Table table, Key key) {}
