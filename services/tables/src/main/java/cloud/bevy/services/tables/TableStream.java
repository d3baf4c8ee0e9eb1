package cloud.bevy.services.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream of a table: what was done to its items from when it was switched on until it was
/// switched off. A table has one that is on at most, and none that has the moment of another.
///
/// @param created when it was switched on, to the millisecond
/// @param view what its records show
/// @param since a version of the table's bee before all of its records
/// @param until a version after all of them, [#OPEN] where none is known
/// @param ended when it was switched off; null while it is on
/// @param followers what the cloud is woken for by each write ([Cloud#wakeUnlessAsked])
public record TableStream(
    Instant created,
    StreamView view,
    long since,
    long until,
    @Nullable Instant ended,
    List<String> followers) {
  /// How long a record can be read, and a stream that was switched off.
  public static final Duration KEPT = Duration.ofHours(24);

  /// The end of a stream that has none yet, or is that of a deleted table.
  static final long OPEN = Long.MAX_VALUE;

  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  /// Copies the followers.
  public TableStream {
    followers = List.copyOf(followers);
  }

  /// What it is called among the streams of its table: when it was switched on.
  public String label() {
    return LABEL.format(created);
  }

  /// Whether it is on.
  public boolean enabled() {
    return ended == null;
  }

  /// Whether it can still be read.
  boolean readable(Instant now) {
    return ended == null || now.isBefore(ended.plus(KEPT));
  }

  TableStream end(Instant now, long version) {
    return new TableStream(created, view, since, version, now, List.of());
  }

  /// The same with one who follows it, or without.
  TableStream followed(String follower, boolean follows) {
    List<String> next = new ArrayList<>(followers);
    next.remove(follower);
    if (follows) {
      next.add(follower);
    }
    return new TableStream(created, view, since, until, ended, next);
  }
}
