package cloud.bevy.services.search;

import cloud.bevy.services.tables.StoredItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item that was found.
///
/// @param id its key, as [ItemIds] writes it
/// @param item as it is in the table
/// @param score how relevant it is; null where the order is another and nobody asked
/// @param sort the values by which it was sorted: those to search on after it
/// @param highlights by field, the pieces of it that have matched
/// @param source what of it was asked for, as plain JSON; null for nothing
/// @param explanation what its score is made of; null where nobody asked
/// @param fields the values of the fields that were asked for one by one
public record SearchHit(
    String id,
    StoredItem item,
    @Nullable Float score,
    List<@Nullable Object> sort,
    Map<String, List<String>> highlights,
    @Nullable Map<String, @Nullable Object> source,
    @Nullable Map<String, Object> explanation,
    Map<String, List<Object>> fields) {}
