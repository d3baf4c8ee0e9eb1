package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.List;
import java.util.Optional;

/// The functions that are told of what changes in tables.
public interface FeedTarget {
  /// The table that a feed follows, as the app was last deployed; nothing where the app has no such
  /// feed.
  Optional<TableSpec> table(Cloud cloud, FeedId feed);

  /// Tells a function of records, and waits for its answer.
  ///
  /// @param batch JSON
  Answer tell(Cloud cloud, FeedId feed, byte[] batch);

  /// What became of a batch.
  sealed interface Answer {
    /// The function has taken the batch.
    record Taken() implements Answer {}

    /// It has taken what comes before the first of some records.
    ///
    /// @param sequences the records that it has not taken, by their sequence numbers
    record Partly(List<String> sequences) implements Answer {
      /// Copies the sequence numbers.
      public Partly {
        sequences = List.copyOf(sequences);
      }
    }

    /// It has run and has not taken the batch.
    record Refused(String error) implements Answer {}

    /// It could not be asked, through no fault of the batch.
    record Unasked(String error) implements Answer {}
  }
}
