package cloud.bevy.services.tables;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An item on its way out of a table.
///
/// @param key its key attributes
/// @param before what it was at the beginning of the window; null where it was not there, and in a
///   full export
/// @param after what it is; null where it is no more
/// @param written when it became so, to the second
public record ExportedItem(
    Item key, @Nullable StoredItem before, @Nullable StoredItem after, Instant written) {}
