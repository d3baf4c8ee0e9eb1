package cloud.bevy.services.tables;

/// How much a table holds, counted up to [#MOST_COUNTED] items and no further.
///
/// @param items how many items
/// @param bytes their bytes, as [ItemSize] counts them
public record TableStatistics(long items, long bytes) {
  /// Where counting ends: nobody waits for a walk through millions of items.
  public static final int MOST_COUNTED = 10_000;
}
