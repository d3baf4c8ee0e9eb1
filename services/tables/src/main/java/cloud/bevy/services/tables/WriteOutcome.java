package cloud.bevy.services.tables;

import org.jspecify.annotations.Nullable;

/// What became of a write. Whichever it is, the state it was decided on is durable.
public sealed interface WriteOutcome {
  /// It is done.
  ///
  /// @param before the item as it was; null if there was none
  /// @param after the item as it is; null if it was deleted
  record Written(@Nullable StoredItem before, @Nullable StoredItem after) implements WriteOutcome {}

  /// The condition did not hold, so nothing was changed.
  ///
  /// @param current the item as it is; null if there is none
  record ConditionFailed(@Nullable StoredItem current) implements WriteOutcome {}
}
