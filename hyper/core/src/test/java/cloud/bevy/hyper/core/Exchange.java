package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Proof.Message;
import cloud.bevy.hyper.core.Proof.Range;
import cloud.bevy.hyper.core.Proof.Request;
import cloud.bevy.hyper.core.Proof.Spot;
import cloud.bevy.hyper.core.Proof.Wanted;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Two replicas of a core, one of which asks the other: every proof goes through its bytes.
record Exchange(Replica from, Replica to) {
  static final Duration DEADLINE = Duration.ofSeconds(30);

  static Exchange between(Core from, Core to) {
    return new Exchange(from.replica(), to.replica());
  }

  static Request block(long index, long nodes) {
    return new Request(
        Optional.of(new Wanted(index, nodes)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Request hash(long index, long nodes) {
    return new Request(
        Optional.empty(),
        Optional.of(new Wanted(index, nodes)),
        Optional.empty(),
        Optional.empty());
  }

  static Request upgrade(long start, long length) {
    return new Request(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Range(start, length)));
  }

  static Request seek(long bytes) {
    return new Request(
        Optional.empty(), Optional.empty(), Optional.of(new Spot(bytes, 0)), Optional.empty());
  }

  /// What the asked replica answers.
  Message answer(Request request) throws MalformedException {
    Proof proof = from.prove(request);
    Optional<Manifest> manifest = to.manifest().isPresent() ? Optional.empty() : from.manifest();
    return Decoder.whole(proof.message(1, manifest), Proof::read);
  }

  /// Has the asking replica take the answer.
  Accepted ask(Request request) throws MalformedException {
    return to.accept(List.of(answer(request)));
  }

  Accepted upgrade() throws MalformedException {
    long length = to.tip().length();
    return ask(upgrade(length, from.head().length() - length));
  }

  Accepted block(long index) throws MalformedException {
    return ask(block(index, to.missingNodes(2 * index)));
  }

  /// Fetches all that is missing, and waits until it is durable.
  void all() throws Exception {
    if (to.tip().length() < from.head().length()) {
      upgrade();
    }
    Accepted last = to.accept(List.of());
    for (long index = 0; index < from.head().length(); index++) {
      if (!to.has(index)) {
        last = block(index);
      }
    }
    last.ticket().await(DEADLINE);
  }

  /// Follows the other's fork.
  Accepted follow() throws MalformedException {
    Reorganisation fork = to.reorganise(answer(upgrade(0, from.head().length())));
    for (Optional<Request> ask = fork.question(); ask.isPresent(); ask = fork.question()) {
      fork.answer(answer(ask.get()));
    }
    return fork.apply();
  }
}
