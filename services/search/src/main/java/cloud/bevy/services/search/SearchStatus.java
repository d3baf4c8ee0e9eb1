package cloud.bevy.services.search;

/// How far an index is.
///
/// @param definition what it holds of the items
/// @param items how many it holds
/// @param reached the version of the table that it has reached; 0 where it is still being made
/// @param version the version that the table has
public record SearchStatus(SearchDefinition definition, long items, long reached, long version) {
  /// Whether it is still being made: until then no search is answered.
  public boolean building() {
    return reached == 0 && version > 0;
  }
}
