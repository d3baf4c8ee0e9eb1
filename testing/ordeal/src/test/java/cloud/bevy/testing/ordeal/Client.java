package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.Ledger;
import java.util.SplittableRandom;

/// A program that writes without pause, one write after the other, until it gets no answer.
abstract class Client {
  private final Ledger ledger = new Ledger();
  private final SplittableRandom random;
  private final String name;
  private long count;

  Client(String name, long seed) {
    this.name = name;
    this.random = new SplittableRandom(seed);
  }

  /// Writes until a write is not answered.
  final void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        write();
      }
    } catch (RuntimeException unanswered) {
      // The plug was pulled, or the disk refused: the ledger knows what was under way.
    }
  }

  /// Does one write.
  abstract void write();

  /// Reads every key back and settles it.
  abstract void check();

  final Ledger ledger() {
    return ledger;
  }

  final SplittableRandom random() {
    return random;
  }

  final String name() {
    return name;
  }

  /// A number this client has never used.
  final long next() {
    return ++count;
  }
}
