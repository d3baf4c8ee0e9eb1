package cloud.bevy.bench;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/// Appends blocks of 1 KiB and reads them back. An append is over when it is durable: there is an
/// `fsync` behind each, shared by those who wait together.
public final class CoreBench {
  private static final int BLOCK = 1024;
  private static final int BATCH = 100;
  private static final int TASKS = 64;
  private static final int UNDER_WAY = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world = RealWorld.create(System.err);
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<byte[]> batch = batch();
  private final Corestore cores;
  private final Meter meter = new Meter();
  private int opened;

  private CoreBench(Store store) {
    cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
  }

  /// Runs in the folder that is the only argument.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    World world = RealWorld.create(System.err);
    try (Store store = Store.open(world, folder.resolve("store"), StoreLimits.defaults())) {
      new CoreBench(store).run();
    }
  }

  private void run() throws Exception {
    meter.measure("append 1 KiB, one after the other", 2_000, this::oneByOne);
    meter.measure("append 1 KiB, 64 at a time", 10_000, this::manyAtATime);
    meter.measure("append 1 KiB, batches of 100, 8 at a time", 50_000, this::batches);
    Core filled = core();
    fill(filled, 100_000);
    meter.measure("get 1 KiB at random", 50_000, gets -> get(filled, gets));
  }

  private void oneByOne(int appends) throws Exception {
    Core core = core();
    for (int number = 0; number < appends; number++) {
      core.append(batch.get(number % BATCH)).ticket().await(PATIENCE);
    }
    end(core, appends);
  }

  private void manyAtATime(int appends) throws Exception {
    Core core = core();
    CountDownLatch running = new CountDownLatch(TASKS);
    for (int task = 0; task < TASKS; task++) {
      world.tasks().start("writer", () -> write(core, appends / TASKS, running));
    }
    running.await();
    end(core, (long) (appends / TASKS) * TASKS);
  }

  private void write(Core core, int appends, CountDownLatch running) {
    try {
      for (int number = 0; number < appends; number++) {
        core.append(batch.get(number % BATCH)).ticket().await(PATIENCE);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      running.countDown();
    }
  }

  private void batches(int appends) throws Exception {
    Core core = core();
    Deque<Append> underWay = new ArrayDeque<>();
    for (int number = 0; number < appends / BATCH; number++) {
      underWay.add(core.append(batch));
      if (underWay.size() == UNDER_WAY) {
        underWay.removeFirst().ticket().await(PATIENCE);
      }
    }
    underWay.getLast().ticket().await(PATIENCE);
    end(core, appends);
  }

  private void fill(Core core, int blocks) throws Exception {
    List<Append> appends = new ArrayList<>();
    for (int number = 0; number < blocks / BATCH; number++) {
      appends.add(core.append(batch));
    }
    appends.getLast().ticket().await(PATIENCE);
  }

  private void get(Core core, int gets) {
    for (int number = 0; number < gets; number++) {
      long index = random.nextLong(core.length());
      if (!(core.get(index) instanceof BlockLookup.Found found)
          || found.bytes().remaining() != BLOCK) {
        throw new IllegalStateException("block " + index + " is not there");
      }
    }
  }

  private Core core() {
    return cores.core("bench " + opened++);
  }

  /// Made before: what is measured is the core, not the making of random bytes.
  private List<byte[]> batch() {
    List<byte[]> batch = new ArrayList<>();
    for (int number = 0; number < BATCH; number++) {
      byte[] block = new byte[BLOCK];
      random.nextBytes(block);
      batch.add(block);
    }
    return batch;
  }

  /// Checks what was appended and deletes it, which is not measured: or else each round would be
  /// written to memory that the system has never given to its files before, which costs as much as
  /// all the rest; where a machine has run for long, there is none left.
  private void end(Core core, long length) throws Exception {
    if (core.length() != length) {
      throw new IllegalStateException(core.length() + " blocks, not " + length);
    }
    meter.aside(_ -> core.drop().await(PATIENCE));
  }
}
