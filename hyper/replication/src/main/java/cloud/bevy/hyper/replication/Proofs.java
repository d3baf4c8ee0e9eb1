package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Accepted;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.core.Reorganisation;
import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.replication.Asked.Purpose;
import cloud.bevy.hyper.replication.Asked.What;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.hyper.wire.MalformedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Hands the proofs that one peer has sent to the core, all that have arrived together at once.
/// Belongs to the task of the stream's [Intake].
final class Proofs {
  /// How many bytes of blocks may have been taken in and not be on the disk yet.
  static final long MOST_UNDURABLE = 8 << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CoreChannel channel;
  private final Exchange exchange;
  private final Deque<Undurable> undurable = new ArrayDeque<>();
  private @Nullable Reorganisation following;

  Proofs(CoreChannel channel) {
    this.channel = channel;
    this.exchange = channel.exchange();
  }

  /// What was taken in at once.
  private record Undurable(Ticket ticket, long bytes) {}

  /// A proof, and what it was asked for.
  private record Answer(Asked asked, Proof.Message proof) {}

  /// Deals with what has arrived.
  ///
  /// @throws MalformedException where the peer lies
  void take(List<Message.Data> arrived) throws MalformedException {
    List<Answer> answers = answered(unsolicited(arrived));
    try {
      takeAll(answers);
    } catch (MalformedException | RuntimeException e) {
      lost(answers);
      throw e;
    }
  }

  private void takeAll(List<Answer> answers) throws MalformedException {
    List<Answer> proofs = new ArrayList<>();
    for (Answer answer : answers) {
      if (!answer.asked().matches(answer.proof().proof())) {
        throw new MalformedException("it answers something else than it was asked");
      }
      if (answer.asked().purpose() == Purpose.FORK) {
        follow(answer.asked(), answer.proof());
      } else {
        proofs.add(answer);
      }
    }
    if (!proofs.isEmpty()) {
      accept(proofs);
    }
  }

  /// What was not answered in the end is to be asked of others.
  private void lost(List<Answer> answers) {
    exchange.scheduled(schedule -> {
      answers.forEach(answer -> schedule.lost(answer.asked()));
      return true;
    });
    exchange.wakeAll();
  }

  /// Looks at the proofs that nobody has asked for because they are to show a conflict.
  private List<Proof.Message> unsolicited(List<Message.Data> arrived) throws MalformedException {
    List<Proof.Message> others = new ArrayList<>();
    for (Message.Data data : arrived) {
      if (data.proof().request() == 0) {
        exchange.replica().accept(List.of(data.proof()));
        channel.cleared();
      } else {
        others.add(data.proof());
      }
    }
    return others;
  }

  private List<Answer> answered(List<Proof.Message> proofs) throws MalformedException {
    Peer peer = channel.peer();
    List<Answer> answers = new ArrayList<>();
    int unasked =
        exchange.scheduled(schedule -> {
          int count = 0;
          for (Proof.Message proof : proofs) {
            Optional<Asked> asked = schedule.answered(peer, proof.request());
            asked.ifPresent(it -> answers.add(new Answer(it, proof)));
            count += asked.isPresent() || peer.mayBeLate() ? 0 : 1;
          }
          return count;
        });
    channel.unasked(unasked);
    return answers;
  }

  private void accept(List<Answer> answers) throws MalformedException {
    awaitDurable();
    Tip before = exchange.replica().tip();
    Accepted accepted = exchange.replica().accept(answers.stream().map(Answer::proof).toList());
    undurable.add(
        new Undurable(
            accepted.ticket(), answers.stream().mapToLong(it -> bytes(it.proof())).sum()));
    long now = exchange.nanos();
    boolean stale =
        exchange.scheduled(schedule -> {
          boolean lost = false;
          for (int at = 0; at < answers.size(); at++) {
            Answer answer = answers.get(at);
            if (accepted.outcomes().get(at) == Outcome.TAKEN) {
              channel.peer().answered(answer.asked(), bytes(answer.proof()), now);
              schedule.taken(answer.asked());
            } else {
              schedule.lost(answer.asked());
              lost = true;
            }
          }
          return lost;
        });
    if (stale) {
      channel.expectNothing();
    }
    if (stale || !before.equals(accepted.tip())) {
      exchange.wakeAll();
    }
  }

  /// Waits for the disk while too much of what was taken in is not on it yet.
  private void awaitDurable() {
    while (!undurable.isEmpty() && undurable.getFirst().ticket().durable()) {
      undurable.removeFirst();
    }
    while (undurable.stream().mapToLong(Undurable::bytes).sum() > MOST_UNDURABLE) {
      try {
        undurable.removeFirst().ticket().await(PATIENCE);
      } catch (TimeoutException slow) {
        return; // the store itself says what is wrong with its disk
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Asks the peer for what leads to the bytes that are sought.
  void seek() {
    Peer peer = channel.peer();
    for (Want.Byte spot : exchange.scheduled(Schedule::sought)) {
      exchange
          .replica()
          .question(spot, block -> exchange.scheduled(_ -> peer.presence().has(block)))
          .ifPresent(question ->
              exchange.scheduled(schedule -> {
                schedule.seek(peer, spot, What.of(question), exchange.nanos());
                return true;
              }));
    }
  }

  private static long bytes(Proof.Message proof) {
    return proof.proof().block().map(block -> (long) block.size()).orElse(0L);
  }

  private void follow(Asked asked, Proof.Message proof) throws MalformedException {
    Reorganisation way = following;
    if (way != null && way.fork() == asked.fork()) {
      way.answer(proof);
    } else if (asked.what().upgrade().isEmpty()) {
      exchange.scheduled(schedule -> {
        schedule.lost(asked);
        return true;
      });
      return;
    } else {
      way = exchange.replica().reorganise(proof);
      following = way;
    }
    Optional<Proof.Request> question =
        way.question(block -> exchange.scheduled(_ -> channel.peer().presence().has(block)));
    if (question.isPresent()) {
      What what = What.of(question.get());
      exchange.scheduled(schedule -> {
        schedule.taken(asked);
        schedule.askFork(channel.peer(), what, exchange.nanos());
        return true;
      });
      return;
    }
    following = null;
    way.apply();
    exchange.scheduled(schedule -> {
      schedule.taken(asked);
      schedule.forked();
      return true;
    });
    exchange.wakeAll();
  }
}
