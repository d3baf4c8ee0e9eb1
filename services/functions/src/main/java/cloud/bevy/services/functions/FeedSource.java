package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where feeds have their records from: the streams of the cloud's tables. Whoever builds the
/// program knows them, because services do not know each other.
public interface FeedSource {
  /// Has a table have a stream, and its writes wake the cloud for a feed from now on
  /// ([Cloud#wakeUnlessAsked] with [FeedId#alarm]).
  ///
  /// @return where the feed may begin; nothing where there is no such table yet
  Optional<Beginnings> follow(Cloud cloud, FeedId feed, TableSpec table);

  /// Has writes wake the cloud for a feed no more.
  void unfollow(Cloud cloud, FeedId feed, String table, Place place);

  /// Reads on, with all that was written before this is asked.
  ///
  /// @param most how many records at most
  Page read(Cloud cloud, TableSpec table, Place from, int most);

  /// A place in the log of a table.
  ///
  /// @param incarnation which of the tables that had the name
  /// @param stream which of its streams
  /// @param fork of the log
  /// @param next the first block that was not read
  record Place(String incarnation, String stream, long fork, long next) {
    /// Another place of the same stream.
    public Place at(long block) {
      return new Place(incarnation, stream, fork, block);
    }

    /// Whether another place is in the same table.
    boolean sameTable(Place other) {
      return incarnation.equals(other.incarnation);
    }
  }

  /// Where a new feed may begin.
  ///
  /// @param first before all records of the stream
  /// @param oldest before those of the last 24 hours
  /// @param newest behind all records
  record Beginnings(Place first, Place oldest, Place newest) {}

  /// A record.
  ///
  /// @param sequence its sequence number
  /// @param block its block in the log
  /// @param at when it was made
  /// @param json as a function is told of it
  record Change(String sequence, long block, Instant at, byte[] json) {}

  /// What is read.
  sealed interface Page {
    /// The next records.
    ///
    /// @param changes in their order; there may be none though there are more
    /// @param next where to read on
    /// @param more whether there is something to be read
    record Read(List<Change> changes, Place next, boolean more) implements Page {
      /// Copies the changes.
      public Read {
        changes = List.copyOf(changes);
      }
    }

    /// Nothing will ever be there: the stream was switched off, or the table deleted.
    record Ended() implements Page {}

    /// The same, and so long ago that what was there is not there any more.
    record Gone() implements Page {}
  }
}
