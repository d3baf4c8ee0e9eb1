package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFullException;
import cloud.bevy.foundation.base.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The queue of a store and the task that empties it. The task lives only while something waits: it
/// takes all that waits as one group, and what comes meanwhile is the next.
final class Writing {
  private static final Duration CLOSING = Duration.ofMinutes(1);

  private final Ground ground;
  private final Cores cores;
  private final Committer committer;
  private final String name;

  /// Made beforehand, for when nothing can be made any more.
  private final StoreFault abandoned;

  private @Nullable Group queued;
  private @Nullable Group writing;
  private boolean running;

  /// Whether the file is to be closed once nothing is being written.
  private boolean restAsked;

  /// Whether the store is being closed, and its files with it.
  private boolean finishing;

  private @Nullable StoreFault stopped;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
  private long failures;
  private long batches;
  private long commits;

  Writing(Ground ground, Cores cores, Committer committer) {
    this.ground = ground;
    this.cores = cores;
    this.committer = committer;
    this.name = "store " + ground.layout.directory();
    this.abandoned =
        new StoreFault(
            StoreFault.Kind.STOPPED,
            name + " stopped, because the task that writes it failed",
            "look at the log and at the memory, then start again: everything that was acknowledged"
                + " is recovered");
  }

  /// How many groups have failed. Read under the lock.
  long failures() {
    return failures;
  }

  long batches() {
    return batches;
  }

  long commits() {
    return commits;
  }

  /// Queues a batch.
  Ticket submit(Store store, Batch batch) {
    for (Change change : batch.changes()) {
      if (!change.core().belongsTo(store)) {
        throw new IllegalArgumentException("the core " + change.core().id() + " is elsewhere");
      }
    }
    try {
      waitForRoom(batch.bytes());
      Ticket ticket = submitIfAwake(batch);
      return ticket != null ? ticket : wakeAndSubmit(batch);
    } catch (StoreFault fault) {
      return failed(fault);
    }
  }

  private @Nullable Ticket submitIfAwake(Batch batch) {
    ground.lock.lock();
    try {
      for (Change change : batch.changes()) {
        if (change.core().awake() == null) {
          return null;
        }
      }
      return enqueue(batch);
    } finally {
      ground.lock.unlock();
    }
  }

  /// Wakes the batch's cores and keeps them awake until the batch is queued.
  private Ticket wakeAndSubmit(Batch batch) {
    List<CoreState> pinned = new ArrayList<>();
    try {
      for (Change change : batch.changes()) {
        CoreState state = cores.pin(change.core().id());
        pinned.add(state);
        change.core().remember(state);
      }
      ground.lock.lock();
      try {
        return enqueue(batch);
      } finally {
        ground.lock.unlock();
      }
    } finally {
      cores.unpin(pinned);
    }
  }

  /// Has a group written that moves more than usual, or seals the active segment.
  Group submit(boolean reclaim, boolean seal) {
    ground.lock.lock();
    try {
      if (stopped != null) {
        throw stopped;
      }
      Group group = open();
      group.reclaim |= reclaim;
      group.seal |= seal;
      return group;
    } finally {
      ground.lock.unlock();
    }
  }

  /// Refuses what is submitted from now on, and waits until all that was is written. An empty group
  /// comes last: what is before it can no longer be taken for torn if it is found damaged.
  ///
  /// @param then runs once nobody writes any more: before this returns or, where the disk does not
  ///   answer in time, when at last it has
  void finish(StoreFault reason, Runnable then) {
    CompletableFuture<Void> end;
    ground.lock.lock();
    try {
      if (stopped == null && commits > 0) {
        open();
      }
      stopped = stopped == null ? reason : stopped;
      finishing = true;
      end = idle.thenCompose(_ -> committer.removal().done());
    } finally {
      ground.lock.unlock();
    }
    try {
      ground.world.tasks().await(end, CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      ground
          .world
          .log()
          .warning(
              "the disk of "
                  + ground.layout.directory()
                  + " does not answer: the store stays locked until it does");
    }
    var _ = end.thenRun(then);
  }

  /// Closes the active segment's file: now, or where it is being written, once that is done.
  void rest() throws IOException {
    ground.lock.lock();
    try {
      restAsked = running;
      if (running || finishing) {
        return;
      }
      running = true; // nobody writes meanwhile
      idle = new CompletableFuture<>();
    } finally {
      ground.lock.unlock();
    }
    try {
      committer.rest();
    } finally {
      resume();
    }
  }

  private void resume() {
    CompletableFuture<Void> ended = idle;
    ground.lock.lock();
    try {
      running = queued != null;
      if (running) {
        start();
        return;
      }
    } catch (RuntimeException | Error unstartable) {
      giveUp(); // nobody else would write what is queued
      throw unstartable;
    } finally {
      ground.lock.unlock();
    }
    ended.complete(null);
  }

  private void waitForRoom(long bytes) {
    long since = ground.world.time().nanos();
    while (true) {
      CompletableFuture<Void> taken;
      ground.lock.lock();
      try {
        Group waiting = queued;
        if (waiting == null || waiting.bytes() + bytes <= ground.limits.queuedBytes()) {
          return;
        }
        taken = waiting.taken;
      } finally {
        ground.lock.unlock();
      }
      try {
        ground.world.tasks().await(taken, patienceLeft(since));
      } catch (TimeoutException e) {
        throw overloaded("for " + ground.limits.patience());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw overloaded("until the task was interrupted");
      }
    }
  }

  private Duration patienceLeft(long since) {
    return ground.limits.patience().minusNanos(ground.world.time().nanos() - since);
  }

  private StoreFault overloaded(String howLong) {
    return new StoreFault(
        StoreFault.Kind.OVERLOADED,
        "the disk of " + ground.layout.directory() + " took nothing more " + howLong,
        "write less at once, or move the store to a faster disk");
  }

  private Ticket enqueue(Batch batch) {
    if (stopped != null) {
      return failed(stopped);
    }
    for (Change change : batch.changes()) {
      StoreFault refused = refusal(change.core());
      if (refused != null) {
        return failed(refused);
      }
    }
    if (batch.earlier().stream().anyMatch(Ticket::lost)) {
      return failed(StoreFault.unfounded());
    }
    Group group = open();
    group.add(batch);
    return group.ticket;
  }

  private @Nullable StoreFault refusal(StoredCore core) {
    CoreState state = core.state();
    if (core.stale(state)) {
      return new StoreFault(
          StoreFault.Kind.STALE,
          "the core " + core.id() + " is no longer as its handle's owner knew it",
          "find it again and go on from its head");
    }
    if (state.headLost) {
      return new StoreFault(
          StoreFault.Kind.DAMAGED,
          "the head of the core " + core.id() + " was damaged on the disk",
          "restore the core from a replica or a backup; it can still be read up to an older head");
    }
    return null;
  }

  private Group open() {
    Group group = queued;
    if (group == null) {
      group = new Group(ground.world.tasks());
      queued = group;
    }
    if (!running) {
      start(); // or fails, and leaves the group to whoever comes next
      running = true;
      idle = new CompletableFuture<>();
    }
    return group;
  }

  private void start() {
    ground.world.tasks().start(name, this::run);
  }

  @SuppressWarnings(
      "CatchingUnchecked") // a queue must not be left without the task that empties it
  private void run() {
    try {
      for (Group group = take(); group != null; group = take()) {
        write(group);
      }
      restIfAsked();
    } catch (RuntimeException | Error broken) {
      giveUp();
      throw broken;
    }
  }

  private void restIfAsked() {
    boolean asked;
    ground.lock.lock();
    try {
      asked = restAsked;
    } finally {
      ground.lock.unlock();
    }
    if (asked) {
      try {
        rest();
      } catch (IOException e) {
        ground.world.log().warning("a file of the store stays open: " + e);
      }
    }
  }

  /// Takes all that waits; where that is nothing, the task ends.
  private @Nullable Group take() {
    Group group;
    CompletableFuture<Void> ended;
    ground.lock.lock();
    try {
      group = queued;
      queued = null;
      writing = group;
      running = group != null;
      ended = idle;
      if (group != null) {
        group.layers().keySet().forEach(CoreState::startWriting);
      }
    } finally {
      ground.lock.unlock();
    }
    (group == null ? ended : group.taken).complete(null);
    return group;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever went wrong, nobody may wait for ever
  private void write(Group group) {
    try {
      GroupEncoder encoder = committer.write(group);
      ground.lock.lock();
      try {
        committer.apply(encoder);
        group.layers().keySet().forEach(state -> state.writing = null);
        batches += group.batches();
        commits++;
        writing = null;
      } finally {
        ground.lock.unlock();
      }
      group.ticket.complete();
    } catch (DiskFullException full) {
      fail(diskFull(full), false);
    } catch (IOException | RuntimeException | Error broken) {
      StoreFault fault = broken(broken);
      fail(fault, true);
      ground.world.log().error(Fault.describe(fault));
    }
  }

  /// Fails the group that was being written and the one behind it, which was made from a state that
  /// has not come to be.
  private void fail(StoreFault fault, boolean stop) {
    Group first;
    Group second;
    ground.lock.lock();
    try {
      first = writing;
      second = queued;
      writing = null;
      queued = null;
      failures++;
      undo(first);
      undo(second);
      if (stop && stopped == null) {
        stopped = fault;
      }
    } finally {
      ground.lock.unlock();
    }
    for (Group group : new Group[] {first, second}) {
      if (group != null) {
        group.taken.complete(null);
        group.ticket.fail(fault);
      }
    }
  }

  /// Stops the store when even the dealing with faults has failed, as it does when memory is
  /// exhausted: without its task the queue would be waited for for ever.
  private void giveUp() {
    CompletableFuture<Void> ended;
    fail(abandoned, true);
    ground.lock.lock();
    try {
      running = false;
      ended = idle;
    } finally {
      ground.lock.unlock();
    }
    ended.complete(null);
  }

  private void undo(@Nullable Group group) {
    if (group == null) {
      return;
    }
    group.ticket.lose();
    for (CoreState state : group.layers().keySet()) {
      state.queued = null;
      state.writing = null;
      state.failedAt = failures;
    }
  }

  private StoreFault diskFull(DiskFullException full) {
    return new StoreFault(
        StoreFault.Kind.DISK_FULL,
        "no space is left for the store " + ground.layout.directory(),
        "free some, then write again; what was stored can still be read",
        full);
  }

  private StoreFault broken(Throwable cause) {
    return new StoreFault(
        StoreFault.Kind.STOPPED,
        "the store " + ground.layout.directory() + " could not be written, and stopped",
        "look at the disk, then start again: everything that was acknowledged is recovered",
        cause);
  }

  private Ticket failed(StoreFault fault) {
    Ticket ticket = new Ticket(ground.world.tasks());
    ticket.lose();
    ticket.fail(fault);
    return ticket;
  }
}
