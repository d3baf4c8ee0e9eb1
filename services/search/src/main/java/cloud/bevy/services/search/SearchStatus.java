package cloud.bevy.services.search;

/// How far an index is.
///
/// @param definition what it holds of the items
/// @param items how many it holds
/// @param reached the version of the table that it has reached
/// @param version the version that the table has
public record SearchStatus(SearchDefinition definition, long items, long reached, long version) {}
