package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Tail.Added;
import cloud.bevy.hyper.core.Tail.Known;
import cloud.bevy.hyper.core.Tail.Landed;
import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// Takes a core's changes to the store, one at a time: what was appended or cut here, and what
/// others have proved. Whoever does so has the core's turn, so that changes reach the store in
/// order.
final class Commits {
  private final World world;
  private final Store store;

  /// For whom this is done. It is not forgotten while something is under way, as others would then
  /// find in the store what is no longer so.
  private final Core core;

  private final Identity identity;
  private final Tail tail;
  private final Audience audience;
  private final Demand demand;
  private final ReentrantLock turn = new ReentrantLock();

  Commits(Core core, World world, Store store) {
    this.core = core;
    this.world = world;
    this.store = store;
    this.identity = core.identity();
    this.tail = core.tail();
    this.audience = core.audience();
    this.demand = core.demand();
  }

  /// A claim on the durability of what was added; hands it over if that is the caller's to do.
  Ticket ticket(Added added) {
    if (added.mine()) {
      handOverInTurn();
    }
    return ticket(added.round());
  }

  Ticket clear(long from, long to) {
    turn.lock();
    try {
      handOver();
      Optional<StoredCore> stored = tail.stored();
      if (stored.isEmpty()) {
        return nothing();
      }
      Ticket ticket = store.submit(new Batch().clear(stored.get(), from, to));
      note(it -> it.gone(from, to));
      ticket
          .stage()
          .whenComplete((_, failure) -> {
            if (failure == null) {
              audience.cleared(from, to);
            } else {
              note(Presence::reset);
            }
          });
      return ticket;
    } finally {
      turn.unlock();
    }
  }

  Ticket drop() {
    turn.lock();
    try {
      handOver();
      Commit drop = tail.takeDropped();
      note(Presence::reset);
      attempt(
          drop,
          () ->
              drop.stored()
                  .ifPresentOrElse(
                      stored -> submit(drop, new Batch().drop(stored)), () -> landed(drop)));
      return ticket(drop.round());
    } finally {
      turn.unlock();
    }
  }

  /// What is to become of a core that others have proved something of.
  ///
  /// @param from what the proofs were checked against
  /// @param round what becomes of the blocks
  /// @param end the tree they lead to
  /// @param head where the core ends then, if it changes
  /// @param batch makes what is stored
  record Step(
      Known from,
      Round round,
      MerkleTree end,
      Optional<Head> head,
      Function<StoredCore, Batch> batch) {}

  /// Takes proofs' turn: nobody else hands anything over meanwhile.
  ///
  /// @param <X> what `work` throws
  <T, X extends Exception> T inTurn(Work<T, X> work) throws X {
    turn.lock();
    try {
      handOver();
      return work.run(tail.known());
    } finally {
      turn.unlock();
    }
  }

  /// Something that is done in turn.
  interface Work<T, X extends Exception> {
    T run(Known known) throws X;
  }

  /// Hands over what was proved. The caller has the turn.
  ///
  /// @return nothing where the core is no longer what the proofs were checked against
  Optional<Ticket> handOver(Step step) {
    Optional<Commit> taken = tail.takeAccepted(step.from(), step.round(), step.end(), step.head());
    taken.ifPresent(commit -> attempt(commit, () -> handOver(commit, step)));
    return taken.map(_ -> ticket(step.round()));
  }

  private void handOver(Commit commit, Step step) {
    StoredCore stored = stored(commit);
    submit(commit, step.batch().apply(stored));
    tail.handed(commit, stored);
    news(step.round());
  }

  /// Has the store keep why the core is frozen. The caller has the turn.
  void keep(Evidence evidence) {
    tail.stored()
        .ifPresent(stored ->
            store
                .submit(evidence.batch(stored))
                .stage()
                .whenComplete((_, failure) -> {
                  if (failure != null) {
                    String core = "core " + identity.id();
                    world
                        .log()
                        .warning(core + " is frozen only until it is opened again: " + failure);
                  }
                }));
  }

  /// A ticket for nothing.
  Ticket nothing() {
    return Ticket.following(world.tasks(), CompletableFuture.completedFuture(null));
  }

  private Ticket ticket(Round round) {
    return Ticket.following(world.tasks(), round.durable());
  }

  /// Hands over what waits, once what was taken before has been.
  void handOverInTurn() {
    turn.lock();
    try {
      handOver();
    } finally {
      turn.unlock();
    }
  }

  /// Signs what waits and gives it to the store.
  private void handOver() {
    tail.take().ifPresent(commit -> attempt(commit, () -> handOver(sign(commit))));
  }

  /// What the commit is behind goes first, and is mostly what was left for it: a signature has been
  /// made before, so that one group of the store takes both.
  private void handOver(Commit commit) {
    StoredCore stored = stored(commit);
    List<Ticket> earlier = commit.round().earlier().stream().map(Handover::claim).toList();
    submit(commit, commit.batch(stored, earlier));
    tail.handed(commit, stored);
    news(commit.round());
  }

  private StoredCore stored(Commit commit) {
    return commit.stored().orElseGet(() -> store.create(identity.id(), identity.header()));
  }

  private Commit sign(Commit commit) {
    Head head = commit.head();
    if (identity.signer().isEmpty() || identity.withinPrologue(head.length())) {
      return commit;
    }
    return commit.signed(
        identity
            .known()
            .sign(head.rootHash(), head.length(), head.fork(), identity.signer().get()));
  }

  /// Says at once what can be read now.
  private void news(Round round) {
    round.cut().ifPresent(cut -> note(it -> it.gone(cut.length(), Long.MAX_VALUE)));
    List<Extent> extents = round.extents();
    extents.forEach(extent -> note(it -> it.stored(extent.from(), extent.to())));
    demand.arrived(extents);
  }

  private void note(Consumer<Presence> event) {
    core.presence().ifPresent(event);
  }

  @SuppressWarnings("CatchingUnchecked") // whatever went wrong, nobody may wait for ever
  private void attempt(Commit commit, Runnable handing) {
    try {
      handing.run();
    } catch (RuntimeException | Error e) {
      failed(commit, e);
    }
  }

  private void submit(Commit commit, Batch batch) {
    Ticket ticket = store.submit(batch);
    commit.round().submitted().complete(ticket);
    ticket
        .stage()
        .whenComplete((_, failure) -> {
          if (failure == null) {
            landed(commit);
          } else {
            failed(commit, failure);
          }
        });
  }

  /// Runs on the task that writes, which must not wait: so the next round is signed and handed over
  /// by a task of its own, which ends with that. Only where no task can be started it is done here,
  /// with the patience that the store has: better late than never.
  @SuppressWarnings("CatchingUnchecked") // whatever went wrong, nobody may wait for ever
  private void landed(Commit commit) {
    try {
      Landed landed = tail.landed(commit);
      announce(landed);
      if (landed.more()) {
        world.tasks().start("core " + identity.id(), this::handOverInTurn);
      }
    } catch (RuntimeException | Error unstartable) {
      handOverInTurn();
    } finally {
      commit.round().durable().complete(null);
    }
  }

  private void announce(Landed landed) {
    landed.commits().forEach(audience::landed);
    if (landed.moved()) {
      audience.grown(landed.commits().getLast());
      demand.arrived(List.of()); // who seeks a byte does so in what is durable
    }
  }

  private void failed(Commit commit, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    List<Round> lost = tail.failed(commit, cause);
    note(Presence::reset);
    lost.forEach(round -> round.fail(cause));
    pushWhatWasLeft(lost);
  }

  /// What was left for rounds that are lost would wait for ever. Whoever tells of the loss must not
  /// wait, so a task of its own does.
  private void pushWhatWasLeft(List<Round> lost) {
    List<Handover> left =
        lost.stream()
            .flatMap(round -> round.earlier().stream())
            .filter(handover -> !handover.round().submitted().isDone())
            .toList();
    if (left.isEmpty()) {
      return;
    }
    Runnable push = () -> left.forEach(Handover::push);
    try {
      world.tasks().start("core " + identity.id(), push);
    } catch (RuntimeException | Error unstartable) {
      push.run();
    }
  }
}
