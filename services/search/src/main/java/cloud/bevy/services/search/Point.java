package cloud.bevy.services.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Indexes as they were at one moment, which can be searched for some time though there are writes
/// meanwhile. It belongs to the [Points] of a cloud, which end it when nobody has used it for the
/// time it asked for.
public final class Point {
  private final String id;
  private final Instant made;
  private final SequencedMap<String, SearchView> views;
  private final Supplier<Deadline> deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private Turn turn = new Turn(0, null);
  private volatile Duration keep = Duration.ZERO;
  private volatile long until;
  private volatile boolean ended;

  Point(
      String id,
      Instant made,
      SequencedMap<String, SearchView> views,
      Supplier<Deadline> deadline) {
    this.id = id;
    this.made = made;
    this.views = views;
    this.deadline = deadline;
  }

  /// What names it: nobody can guess it.
  public String id() {
    return id;
  }

  /// When it was made.
  public Instant made() {
    return made;
  }

  /// For how long it is kept behind each use.
  public Duration keep() {
    return keep;
  }

  /// The names of its tables, in order.
  public List<String> tables() {
    return List.copyOf(views.keySet());
  }

  /// When it ends, in the world's nanoseconds.
  long until() {
    return until;
  }

  void keep(Duration next, long moment) {
    keep = next;
    until = moment;
  }

  /// Searches a table of it.
  ///
  /// @throws SearchRefusal if the table is not part of it, it has ended, or the request does not
  ///   fit
  /// @throws cloud.bevy.services.tables.NoSuchTable if the table was deleted
  public SearchAnswer search(String table, SearchRequest request) {
    return within(table, view -> new SearchRun(view, request, deadline.get()).answer());
  }

  /// How many items of a table match.
  ///
  /// @throws SearchRefusal if the table is not part of it, it has ended, or the request does not
  ///   fit
  public long count(String table, SearchRequest request) {
    return within(table, view -> new SearchRun(view, request, deadline.get()).count());
  }

  private <T> T within(String table, Function<SearchView, T> work) {
    SearchView view = views.get(table);
    if (view == null) {
      throw new SearchRefusal(
          SearchRefusal.Kind.NOT_FOUND, "table [" + table + "] is not part of the point in time");
    }
    // The reader may be that of the present index as well, which goes on.
    if (ended || !view.snapshot().hold()) {
      throw Points.none(id);
    }
    try (Snapshot _ = view.snapshot()) {
      return work.apply(view);
    } catch (java.io.UncheckedIOException failed) {
      throw new SearchRefusal(
          SearchRefusal.Kind.REJECTED, "the point in time cannot be read any more: make another");
    }
  }

  /// Where whoever reads page by page is.
  ///
  /// @param number how many pages have been read
  /// @param place what has to be known of the last; null before the first
  public record Turn(long number, @Nullable Object place) {}

  /// Where whoever reads page by page is.
  public Turn turn() {
    lock.lock();
    try {
      return turn;
    } finally {
      lock.unlock();
    }
  }

  /// Whether it is read page by page.
  public boolean paged() {
    return turn().place() != null;
  }

  /// Moves that place.
  ///
  /// @throws SearchRefusal if somebody else has moved it meanwhile
  public void move(Turn from, Object to) {
    lock.lock();
    try {
      if (turn.number() != from.number()) {
        throw new SearchRefusal(
            SearchRefusal.Kind.REJECTED, "two requests ask for the same page: ask for one");
      }
      turn = new Turn(from.number() + 1, to);
    } finally {
      lock.unlock();
    }
  }

  /// Lets the indexes go.
  void end() {
    ended = true;
    views.values().forEach(view -> view.snapshot().close());
  }
}
