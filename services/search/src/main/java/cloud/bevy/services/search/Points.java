package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The points in time of a cloud. While there is one the cloud stays open, and one timer ends those
/// that nobody has used for as long as they asked for; while there is none, nothing is left.
public final class Points implements AutoCloseable {
  /// The most tables that the points of a cloud hold at a time, a table of each point counted: each
  /// keeps files open, and what was deleted since on the disk.
  public static final int MOST = 100;

  /// The longest that a point is kept behind a use.
  public static final Duration LONGEST = Duration.ofHours(1);

  private static final int ID_BYTES = 24;

  private final Cloud cloud;
  private final World world;
  private final Function<String, SearchView> view;
  private final Supplier<Deadline> deadline;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Point> points = new LinkedHashMap<>();
  private @Nullable Lease lease;
  private Tasks.@Nullable Timer timer;
  private long timerAt;
  private boolean closed;

  /// @param view gives the present index of a table, held
  Points(Cloud cloud, Function<String, SearchView> view, Supplier<Deadline> deadline) {
    this.cloud = cloud;
    this.view = view;
    this.deadline = deadline;
    world = cloud.world();
  }

  /// Makes a point of what is durable in some tables now.
  ///
  /// @param keep how long it is kept behind each use
  /// @throws SearchRefusal if a table has no index, there are too many points, or that is too long
  /// @throws cloud.bevy.services.tables.NoSuchTable if there is no such table
  public Point open(List<String> tables, Duration keep) {
    check(keep);
    checkRoom(tables.size());
    SequencedMap<String, SearchView> views = new LinkedHashMap<>();
    boolean kept = false;
    try {
      for (String table : tables) {
        views.put(table, view.apply(table));
      }
      byte[] random = world.chance().bytes(ID_BYTES);
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Point point = new Point(id, world.time().now(), views, deadline);
      add(point, keep);
      kept = true;
      return point;
    } finally {
      if (!kept) {
        views.values().forEach(each -> each.snapshot().close());
      }
    }
  }

  private static void check(Duration keep) {
    if (!keep.isPositive() || keep.compareTo(LONGEST) > 0) {
      throw SearchRefusal.illegal(
          "Keep alive for request ("
              + keep.toSeconds()
              + "s) is not possible: it must be more than 0 and at most "
              + LONGEST.toSeconds()
              + "s");
    }
  }

  private void checkRoom(int more) {
    lock.lock();
    try {
      int held = points.values().stream().mapToInt(point -> point.tables().size()).sum();
      if (held + more > MOST) {
        throw new SearchRefusal(
            SearchRefusal.Kind.REJECTED,
            "Trying to create too many scroll and PIT contexts. Must be less than or equal to: ["
                + MOST
                + "]: end those that are not needed");
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Point point, Duration keep) {
    Lease taken = cloud.stayOpen().orElse(null);
    lock.lock();
    try {
      if (closed) {
        throw new SearchRefusal(SearchRefusal.Kind.REJECTED, "the machine stops");
      }
      checkRoom(point.tables().size());
      point.keep(keep, world.time().nanos() + keep.toNanos());
      points.put(point.id(), point);
      if (lease == null) {
        lease = taken;
        taken = null;
      }
      schedule();
    } finally {
      lock.unlock();
      if (taken != null) {
        taken.close();
      }
    }
  }

  /// A point, which is kept for that time again.
  ///
  /// @param keep null for as long as before
  /// @throws SearchRefusal if there is none of that name, or no more
  public Point use(String id, @Nullable Duration keep) {
    if (keep != null) {
      check(keep);
    }
    lock.lock();
    try {
      Point point = points.get(id);
      long now = world.time().nanos();
      if (point == null || now - point.until() > 0) {
        throw none(id);
      }
      Duration next = keep == null ? point.keep() : keep;
      point.keep(next, now + next.toNanos());
      schedule();
      return point;
    } finally {
      lock.unlock();
    }
  }

  static SearchRefusal none(String id) {
    String shown = id.length() > 100 ? id.substring(0, 100) : id;
    return new SearchRefusal(
        SearchRefusal.Kind.NO_POINT, "No search context found for id [" + shown + "]");
  }

  /// Those that there are, the oldest first.
  public List<Point> all() {
    lock.lock();
    try {
      return List.copyOf(points.values());
    } finally {
      lock.unlock();
    }
  }

  /// Ends a point.
  ///
  /// @return whether there was one of that name
  public boolean end(String id) {
    Point point;
    lock.lock();
    try {
      point = points.remove(id);
    } finally {
      lock.unlock();
    }
    if (point == null) {
      return false;
    }
    point.end();
    settle();
    return true;
  }

  /// Ends those whose time is over.
  private void expire() {
    List<Point> over = new ArrayList<>();
    lock.lock();
    try {
      timer = null;
      long now = world.time().nanos();
      points.values().stream().filter(point -> now - point.until() >= 0).forEach(over::add);
      over.forEach(point -> points.remove(point.id()));
      schedule();
    } finally {
      lock.unlock();
    }
    over.forEach(Point::end);
    settle();
  }

  /// Sees to it that there is a timer if there are points, in the lock.
  private void schedule() {
    long now = world.time().nanos();
    long left = points.values().stream().mapToLong(point -> point.until() - now).min().orElse(-1);
    if (points.isEmpty() || closed) {
      return;
    }
    // One that rings too early looks again.
    if (timer != null && timerAt - now <= left) {
      return;
    }
    if (timer != null) {
      timer.cancel();
    }
    timerAt = now + left;
    timer = world.tasks().after(Duration.ofNanos(Math.max(0, left)), "search-points", this::expire);
  }

  /// Lets the cloud sleep if nothing is left.
  private void settle() {
    Lease over = null;
    lock.lock();
    try {
      if (points.isEmpty()) {
        over = lease;
        lease = null;
        if (timer != null) {
          timer.cancel();
          timer = null;
        }
      }
    } finally {
      lock.unlock();
    }
    if (over != null) {
      over.close();
    }
  }

  @Override
  public void close() {
    List<Point> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(points.values());
      points.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(Point::end);
    settle();
  }
}
