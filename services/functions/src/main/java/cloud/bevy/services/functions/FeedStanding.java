package cloud.bevy.services.functions;

import java.time.Instant;
import java.util.Optional;

/// How a feed stands, for whoever looks at it.
///
/// @param feed which
/// @param table the table's name
/// @param status in one word
/// @param position the last sequence number before the next record
/// @param lag how many records are not delivered
/// @param done what it has done since it was made
/// @param trouble what keeps it, or did last; nothing where all has always been well
public record FeedStanding(
    FeedId feed,
    String table,
    Status status,
    long position,
    Lag lag,
    Done done,
    Optional<Trouble> trouble) {
  /// How a feed stands.
  public enum Status {
    /// It has delivered all there is.
    CURRENT,
    /// It is delivering.
    DELIVERING,
    /// It waits to try again what the function has not taken.
    RETRYING,
    /// It waits until the function can be asked, or dead letters be written.
    WAITING,
    /// The stream was switched off or the table deleted, and all was delivered: to be deployed
    /// again.
    ENDED,
    /// The same, and not all could be delivered within a day.
    LOST
  }

  /// Records that are not delivered.
  ///
  /// @param records how many
  /// @param more whether there are more, which were not counted
  /// @param oldest when the oldest was made, if there is one
  public record Lag(long records, boolean more, Optional<Instant> oldest) {}

  /// What a feed has done.
  ///
  /// @param delivered records that the function has taken
  /// @param failures batches that it has not
  /// @param deadLetters records that went to the dead letters
  /// @param bucket the bucket of those
  public record Done(long delivered, long failures, long deadLetters, String bucket) {}

  /// What keeps a feed, or did last.
  ///
  /// @param error what went wrong
  /// @param at when
  /// @param tries how often what comes next was tried in vain
  /// @param next when it is tried again; nothing where that is over
  public record Trouble(String error, Instant at, int tries, Optional<Instant> next) {}
}
