package cloud.bevy.services.functions;

import java.util.Optional;

/// A table that an app uses, and that is created with it if it is not there.
///
/// @param table the table's name
/// @param partitionKey what items are found by
/// @param sortKey what items of one partition are sorted by
/// @param feed how the app's function is told of what changes in it, if it is
public record TableSpec(
    String table,
    KeyAttribute partitionKey,
    Optional<KeyAttribute> sortKey,
    Optional<FeedSpec> feed) {}
