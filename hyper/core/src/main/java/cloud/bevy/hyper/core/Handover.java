package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// What was appended, on its way to the store: mostly there at once, or left until something is
/// appended behind it ([Core#leave]).
public final class Handover {
  private final Commits commits;
  private final Round round;
  private final boolean left;

  /// @param left whether nobody may have been asked to hand the round over
  Handover(Commits commits, Round round, boolean left) {
    this.commits = commits;
    this.round = round;
    this.left = left;
  }

  /// Waits until the store has it, so that nobody has to later. What was left is left.
  ///
  /// @throws TimeoutException where it has not after `deadline`
  /// @throws StoreFault where it will not have it
  public void ready(Tasks tasks, Duration deadline) throws InterruptedException, TimeoutException {
    if (left) {
      return;
    }
    try {
      var _ = tasks.await(round.submitted(), deadline);
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFault fault ? fault : e;
    }
  }

  /// Gives it to the store now, where that has not been done. Others of the same core go with it.
  public void push() {
    if (!round.submitted().isDone()) {
      commits.handOverInTurn();
    }
  }

  /// The same.
  ///
  /// @return the store's claim
  /// @throws StoreFault where the store does not have it, and will not
  Ticket claim() {
    push();
    CompletableFuture<Ticket> submitted = round.submitted();
    if (submitted.isDone() && !submitted.isCompletedExceptionally()) {
      return submitted.join();
    }
    throw StoreFault.unfounded();
  }

  /// Of which round it is part.
  Round round() {
    return round;
  }
}
