package cloud.bevy.services.tables;

import java.util.List;

/// What a stream answers who reads on.
public sealed interface ChangePage {
  /// The most bytes a page has before it ends.
  long MAXIMUM_BYTES = 1 << 20;

  /// The next changes.
  ///
  /// @param changes in their order; there may be none though there are more behind
  /// @param next where to read on
  /// @param ended whether nothing will ever be there
  record Read(List<ItemChange> changes, long next, boolean ended) implements ChangePage {
    /// Copies the changes.
    public Read {
      changes = List.copyOf(changes);
    }
  }

  /// What was to be read next is too old.
  record Trimmed() implements ChangePage {}
}
