package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// What names an item within its table: the value of the partition key and, in a table that has
/// one, of the sort key.
public record Key(AttributeValue partition, @Nullable AttributeValue sort) {}
