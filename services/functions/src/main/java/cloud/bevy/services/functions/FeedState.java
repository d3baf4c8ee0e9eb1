package cloud.bevy.services.functions;

import java.time.Duration;
import java.time.Instant;

/// How far a feed is, and what keeps it there.
///
/// @param table the table's name
/// @param place where it reads on: the function has taken all before, or it is in the dead letters
/// @param status whether it reads on
/// @param trouble what keeps it
/// @param tally what it has done
/// @param made when the feed was made
record FeedState(
    String table,
    FeedSource.Place place,
    Status status,
    Trouble trouble,
    Tally tally,
    Instant made) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 12;
  private static final int LONGEST_ERROR = 2_000;

  /// Whether a feed reads on.
  enum Status {
    /// It does.
    FOLLOWING,
    /// It does not: the stream was switched off or the table deleted, and all was delivered.
    ENDED,
    /// It does not, and what was not delivered for 24 hours after that can be read no more.
    LOST
  }

  /// What keeps a feed.
  ///
  /// @param tries how often what comes next was tried in vain
  /// @param waits how often in a row the function could not be asked, or the dead letters not be
  ///   written
  /// @param next when it is tried again
  /// @param error what went wrong last, though that may be over; empty if nothing ever did
  /// @param at when that was
  /// @param search for the records at fault
  record Trouble(int tries, int waits, Instant next, String error, Instant at, Search search) {
    static final Trouble NONE = new Trouble(0, 0, Instant.EPOCH, "", Instant.EPOCH, Search.NONE);

    /// Whether something was tried in vain that is still to be done.
    boolean tried() {
      return tries > 0 || waits > 0;
    }

    /// Nothing is wrong any more.
    Trouble over(Search left) {
      return new Trouble(0, 0, Instant.EPOCH, error, at, left);
    }
  }

  /// The search for the records at fault in a batch that was tried in vain as often as it is to be:
  /// parts of it are tried, ever smaller ones, once each.
  ///
  /// @param size how many records are tried at once; 0 while nothing is searched
  /// @param until the block where the batch ends
  record Search(int size, long until) {
    static final Search NONE = new Search(0, 0);

    boolean on() {
      return size > 0;
    }

    /// The search once the feed is at a block.
    Search at(long block, int next) {
      return on() && block < until ? new Search(next, until) : NONE;
    }
  }

  /// What a feed has done.
  ///
  /// @param delivered records that the function has taken
  /// @param failures batches that it has not
  /// @param deadLetters records that went to the dead letters
  record Tally(long delivered, long failures, long deadLetters) {
    static final Tally NONE = new Tally(0, 0, 0);
  }

  /// A new feed.
  static FeedState begin(String table, FeedSource.Place place, Instant now) {
    return new FeedState(table, place, Status.FOLLOWING, Trouble.NONE, Tally.NONE, now);
  }

  /// The same at another place, without a look at what is in between.
  FeedState moved(FeedSource.Place next) {
    return new FeedState(table, next, Status.FOLLOWING, trouble, tally, made);
  }

  /// The same once an app is deployed again: what was in vain is tried at once.
  FeedState fresh() {
    return with(trouble.over(Search.NONE));
  }

  /// The same when the function has taken records.
  FeedState delivered(FeedSource.Place next, int records) {
    Search search = trouble.search().at(next.next(), 2 * trouble.search().size());
    Tally more = new Tally(tally.delivered() + records, tally.failures(), tally.deadLetters());
    return new FeedState(table, next, status, trouble.over(search), more, made);
  }

  /// The same when records went to the dead letters.
  FeedState buried(FeedSource.Place next, int records) {
    Search search = trouble.search().at(next.next(), 1);
    Tally more = new Tally(tally.delivered(), tally.failures(), tally.deadLetters() + records);
    return new FeedState(table, next, status, trouble.over(search), more, made);
  }

  /// The same when the function has not taken a batch.
  FeedState failed(String error, Instant now) {
    Tally more = new Tally(tally.delivered(), tally.failures() + 1, tally.deadLetters());
    Trouble worse =
        new Trouble(
            trouble.tries() + 1, trouble.waits(), Instant.EPOCH, cut(error), now, trouble.search());
    return new FeedState(table, place, status, worse, more, made);
  }

  /// The same, to be tried again after a pause that grows.
  FeedState paused(Instant now) {
    return with(
        new Trouble(
            trouble.tries(),
            0,
            now.plus(pause(trouble.tries())),
            trouble.error(),
            trouble.at(),
            trouble.search()));
  }

  /// The same when parts of the batch are to be tried.
  FeedState searching(Search search) {
    return with(
        new Trouble(trouble.tries(), 0, Instant.EPOCH, trouble.error(), trouble.at(), search));
  }

  /// The same when something went wrong that is no fault of the records.
  FeedState waiting(String error, Instant now) {
    int waits = trouble.waits() + 1;
    return with(
        new Trouble(
            trouble.tries(), waits, now.plus(pause(waits)), cut(error), now, trouble.search()));
  }

  /// The same when it reads on no more.
  FeedState over(Status ended) {
    return new FeedState(table, place, ended, trouble.over(Search.NONE), tally, made);
  }

  private FeedState with(Trouble next) {
    return new FeedState(table, place, status, next, tally, made);
  }

  private static Duration pause(int times) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(times - 1L, 0, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static String cut(String error) {
    return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR);
  }
}
