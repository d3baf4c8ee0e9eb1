package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random batches, and what is known of them: every state the store has been asked to reach, and
/// which of these has been acknowledged.
final class Workload {
  static final Path DIRECTORY = Path.of("/store");
  static final StoreLimits TINY =
      new StoreLimits(3 << 10, 60, 1 << 20, 2, 2, Duration.ofSeconds(10));

  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final int CORES = 4;
  private static final int MOST_CHANGES = 4;
  private static final int LARGEST = 200;

  private final SplittableRandom random;
  private final int mostChanges;
  private final StoreLimits limits;
  private final List<Model> states = new ArrayList<>(List.of(new Model()));
  private int acknowledged;

  Workload(long seed) {
    this(seed, MOST_CHANGES, TINY);
  }

  /// @param mostChanges the most changes in a batch
  Workload(long seed, int mostChanges, StoreLimits limits) {
    this.mostChanges = mostChanges;
    this.limits = limits;
    this.random = new SplittableRandom(seed);
  }

  /// Opens the store, finds it in one of the states it may be in, and writes batches, waiting now
  /// and then.
  void run(World world, int batches) throws Exception {
    try (Store store = Store.open(world, DIRECTORY, limits)) {
      expectRecovered(store);
      for (int i = 0; i < batches; i++) {
        Ticket ticket = submit(store);
        int submitted = states.size() - 1;
        if (random.nextInt(3) > 0) {
          ticket.await(DEADLINE);
          acknowledged = submitted;
        }
      }
      if (random.nextInt(4) == 0) {
        store.reclaim();
      }
    }
    acknowledged = states.size() - 1;
  }

  /// The store is in the last state that was acknowledged, or in a later one; nothing between two
  /// states.
  void expectRecovered(Store store) {
    for (int i = states.size() - 1; i >= acknowledged; i--) {
      if (states.get(i).matches(store)) {
        Model found = states.get(i);
        states.clear();
        states.add(found);
        acknowledged = 0;
        return;
      }
    }
    states.get(acknowledged).check(store);
  }

  /// Writes batches one by one, each of which may fail, and checks after each failure that the
  /// store holds what it held before.
  void runWithFaults(World world, int batches) throws Exception {
    try (Store store = Store.open(world, DIRECTORY, limits)) {
      for (int i = 0; i < batches; i++) {
        try {
          submit(store).await(DEADLINE);
          acknowledged = states.size() - 1;
        } catch (StoreFault fault) {
          if (!survived(store, fault)) {
            return;
          }
        }
      }
    }
  }

  private Ticket submit(Store store) {
    Model next = states.getLast().copy();
    Batch batch = new Batch();
    for (Model.Step step : next.randomBatch(random, mostChanges, CORES, LARGEST)) {
      step.in(next, store, batch);
    }
    states.add(next);
    return store.submit(batch);
  }

  /// @return whether the store goes on
  private boolean survived(Store store, StoreFault fault) {
    assertThat(fault.kind()).isNotEqualTo(StoreFault.Kind.STALE);
    states.get(acknowledged).check(store);
    if (fault.kind() == StoreFault.Kind.STOPPED) {
      return false;
    }
    states.subList(acknowledged + 1, states.size()).clear();
    return true;
  }
}
