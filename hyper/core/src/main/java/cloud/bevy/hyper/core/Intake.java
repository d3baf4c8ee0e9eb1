package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.core.Commits.Step;
import cloud.bevy.hyper.core.Tail.Known;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes in what others have proved of a core.
final class Intake {
  /// The most proofs that are taken in at once.
  static final int MOST_PROOFS = 1 << 16;

  /// The most bytes in the blocks of these proofs.
  static final long MOST_BYTES = Core.MOST_BYTES;

  /// How often proofs are checked again because somebody appended meanwhile.
  private static final int ATTEMPTS = 8;

  private final Core core;
  private final Identity identity;
  private final Commits commits;
  private final RecentNodes recent = new RecentNodes();
  private long era;

  Intake(Core core) {
    this.core = core;
    this.identity = core.identity();
    this.commits = core.commits();
  }

  /// Checks proofs and stores what they show.
  Accepted accept(List<Proof.Message> messages) throws MalformedException {
    checkSizes(messages);
    identity.checkUndisputed();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Accepted> accepted = commits.inTurn(known -> accept(messages, known));
      if (accepted.isPresent()) {
        return accepted.get();
      }
    }
    return stale(messages.size());
  }

  /// Begins to follow a fork.
  Reorganisation reorganise(Proof.Message message) throws MalformedException {
    identity.checkUndisputed();
    Known known = commits.inTurn(now -> now);
    Optional<Verifier> verifier = identity.verifier();
    Manifest told = message.manifest().orElseGet(() -> Manifest.ofOldKind(identity.key()));
    return new Reorganisation(
        this,
        known,
        verifier.isPresent() ? verifier.get() : Verifier.told(identity.key(), told),
        message.proof());
  }

  /// Makes the core follow another fork.
  Accepted follow(Reorganisation fork) {
    identity.checkUndisputed();
    return commits.inTurn(known -> follow(fork, known));
  }

  private Optional<Accepted> accept(List<Proof.Message> messages, Known known)
      throws MalformedException {
    Acceptance acceptance = new Acceptance(identity, known, recent(known), core.damaged());
    List<Outcome> outcomes = acceptance.take(messages);
    if (acceptance.conflict().isPresent()) {
      throw freeze(acceptance.conflict().get());
    }
    acceptance.verifier().ifPresent(identity::learn);
    Optional<Ticket> ticket =
        acceptance.isEmpty()
            ? Optional.of(commits.nothing())
            : commits.handOver(
                new Step(
                    known,
                    Round.accepting(Optional.empty(), acceptance.extents()),
                    acceptance.tree(),
                    acceptance.head(),
                    acceptance::batch));
    if (ticket.isPresent()) {
      acceptance.remember();
    }
    return ticket.map(it -> new Accepted(outcomes, core.tail().tip(), it));
  }

  private Accepted follow(Reorganisation fork, Known known) {
    if (!fork.leavesFrom(known)) {
      return stale(1);
    }
    identity.learn(fork.verifier());
    Optional<Ticket> ticket =
        commits.handOver(
            new Step(
                known,
                Round.accepting(Optional.of(fork.cut()), List.of()),
                fork.tree(),
                Optional.of(fork.head()),
                fork::batch));
    return ticket
        .map(it -> new Accepted(List.of(Outcome.TAKEN), core.tail().tip(), it))
        .orElseGet(() -> stale(1));
  }

  /// The nodes met lately, unless some were lost since.
  private RecentNodes recent(Known known) {
    if (known.era() != era) {
      era = known.era();
      recent.clear();
    }
    return recent;
  }

  private Accepted stale(int proofs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int proof = 0; proof < proofs; proof++) {
      outcomes.add(Outcome.STALE);
    }
    return new Accepted(outcomes, core.tail().tip(), commits.nothing());
  }

  private CoreFault freeze(Evidence found) {
    CoreFault fault = fault(found);
    identity.freeze(fault);
    commits.keep(found);
    core.audience().frozen(fault);
    core.demand().wakeAll();
    return fault;
  }

  /// The core was frozen before it was opened.
  ///
  /// @param found what shows why, if that can still be read
  void freezeAgain(Optional<Evidence> found) {
    identity.freeze(
        found
            .map(this::fault)
            .orElseGet(() -> CoreFault.conflict(identity.id(), core.length(), List.of())));
  }

  private CoreFault fault(Evidence found) {
    List<Proof.Message> evidence = new ArrayList<>();
    ours(found.length()).ifPresent(evidence::add);
    evidence.add(new Proof.Message(0, found.theirs(), core.knownManifest()));
    return CoreFault.conflict(identity.id(), found.length(), evidence);
  }

  private Optional<Proof.Message> ours(long length) {
    Proof.Request whole =
        new Proof.Request(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Proof.Range(0, length)));
    try {
      return Optional.of(new Proof.Message(0, core.prove(whole), core.knownManifest()));
    } catch (MalformedException notAllHere) {
      return Optional.empty();
    }
  }

  private static void checkSizes(List<Proof.Message> messages) {
    long bytes = 0;
    for (Proof.Message message : messages) {
      bytes += message.proof().block().map(Proof.Block::size).orElse(0);
    }
    if (messages.size() > MOST_PROOFS || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "at most " + MOST_PROOFS + " proofs of " + MOST_BYTES + " bytes are taken in at once");
    }
  }
}
