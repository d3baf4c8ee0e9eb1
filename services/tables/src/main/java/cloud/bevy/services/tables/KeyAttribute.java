package cloud.bevy.services.tables;

/// An attribute that is part of a table's key.
public record KeyAttribute(String name, KeyType type) {}
