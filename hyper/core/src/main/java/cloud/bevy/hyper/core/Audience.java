package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.World;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Those who are told what becomes of a core.
final class Audience {
  private final World world;
  private final List<Seat> seats = new CopyOnWriteArrayList<>();

  Audience(World world) {
    this.world = world;
  }

  Registration add(Listener listener) {
    Seat seat = new Seat(listener);
    seats.add(seat);
    return () -> seats.remove(seat);
  }

  /// What has become durable.
  ///
  /// @param commit a round, or what was accepted
  void landed(Commit commit) {
    if (seats.isEmpty()) {
      return;
    }
    Round round = commit.round();
    round.cut().ifPresent(cut -> tell(it -> it.truncated(commit.head(), cut.length())));
    round.extents().forEach(extent -> tell(it -> it.stored(extent.from(), extent.to())));
  }

  /// Where the core ends now, if that was not said with a cut.
  void grown(Commit last) {
    if (last.round().cut().isEmpty()) {
      tell(it -> it.grown(last.head()));
    }
  }

  void cleared(long from, long to) {
    tell(it -> it.cleared(from, to));
  }

  void frozen(CoreFault fault) {
    tell(it -> it.frozen(fault));
  }

  @SuppressWarnings("CatchingUnchecked") // what a listener does wrong must not stop the store
  private void tell(Consumer<Listener> news) {
    for (Seat seat : seats) {
      try {
        news.accept(seat.listener);
      } catch (RuntimeException e) {
        world.log().error("a listener of a core failed: " + e);
      }
    }
  }

  /// The same may listen twice, and stop once.
  private static final class Seat {
    private final Listener listener;

    Seat(Listener listener) {
      this.listener = listener;
    }
  }
}
