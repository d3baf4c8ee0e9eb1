package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Lease;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Something that is derived from a log and is kept close behind it: whoever writes the log wakes
/// it, and [Pursuits] does its work piece by piece until nothing is left. While nothing is left it
/// is an object in memory.
final class Pursuit implements AutoCloseable {
  /// After so many failures it rests until it is woken again.
  private static final int TRIES = 3;

  /// What is to be done. It knows by itself how far it has come.
  interface Work {
    /// Does a piece of it, which ends soon after `enough` says so.
    ///
    /// @throws RuntimeException if it cannot be done now; it is tried again
    Outcome work(BooleanSupplier enough);
  }

  /// What became of a piece of work.
  enum Outcome {
    /// All was done that was there when the piece began.
    DONE,
    /// There is more of it.
    MORE,
    /// Somebody else does it at the moment.
    TAKEN,
    /// Others need the room: it is to be tried again later.
    LATER
  }

  /// Where it is. All but the reading of it belongs to [Pursuits], in its lock.
  enum State {
    /// Nothing is to be done.
    RESTS,
    /// It waits for its turn.
    WAITS,
    /// A piece is being done.
    WORKS,
    /// A piece is being done, and there is something new.
    WORKS_AND_WAITS,
    /// It is over.
    CLOSED
  }

  private final Pursuits pursuits;
  private final Cloud cloud;
  private final Work work;
  private volatile State state = State.RESTS;

  /// Of whoever works.
  private @Nullable Lease lease;

  /// How often it has failed since it was last done.
  private int failures;

  Pursuit(Pursuits pursuits, Cloud cloud, Work work) {
    this.pursuits = pursuits;
    this.cloud = cloud;
    this.work = work;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  /// Says that there is something to do. Costs a look where that is known; never blocks.
  void wake() {
    State now = state;
    // Whoever begins a piece says so first and looks at the log then: what is written now is seen.
    if (now == State.RESTS || now == State.WORKS) {
      pursuits.wake(this);
    }
  }

  /// Does a piece. The cloud stays open until all is done.
  Outcome piece(BooleanSupplier enough) {
    Outcome outcome = Outcome.LATER;
    try {
      if (!stayOpen()) {
        outcome = Outcome.DONE;
        return outcome;
      }
      outcome = work.work(enough);
      failures = 0;
      return outcome;
    } catch (RuntimeException failure) {
      // Whoever searches is told; here it is said once.
      if (failures == 0 && state != State.CLOSED) {
        cloud.world().log().warning("an index does not follow for now: " + failure);
      }
      failures++;
      outcome = failures % TRIES == 0 ? Outcome.DONE : Outcome.LATER;
      return outcome;
    } finally {
      if (outcome != Outcome.MORE) {
        letGo();
      }
    }
  }

  private boolean stayOpen() {
    if (lease != null) {
      return true;
    }
    if (state == State.CLOSED) {
      return false;
    }
    Optional<Lease> taken = cloud.stayOpen();
    if (taken.isPresent() && taken.get().cloud() != cloud) {
      // It has closed meanwhile, and another has been opened: that one has pursuits of its own.
      taken.get().close();
      return false;
    }
    lease = taken.orElse(null);
    return taken.isPresent();
  }

  /// Lets the cloud sleep, for all that this has to do.
  void letGo() {
    Lease held = lease;
    lease = null;
    if (held != null) {
      held.close();
    }
  }

  /// Ends it. A piece that is being done ends soon, and no other begins.
  @Override
  public void close() {
    pursuits.close(this);
  }
}
