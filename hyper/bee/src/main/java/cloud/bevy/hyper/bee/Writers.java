package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Ticket;
import org.jspecify.annotations.Nullable;

/// What the writers of a bee hand on from turn to turn.
final class Writers {
  private final Turn turn;
  private final Recent recent;
  private @Nullable Ticket last;

  Writers(World world, NodeCache cache) {
    this.turn = new Turn(world.tasks());
    this.recent = new Recent(cache);
  }

  Turn turn() {
    return turn;
  }

  Recent recent() {
    return recent;
  }

  /// The ticket of the latest append, if there was one. In the turn.
  @Nullable Ticket last() {
    return last;
  }

  /// In the turn.
  void last(Ticket ticket) {
    last = ticket;
  }
}
