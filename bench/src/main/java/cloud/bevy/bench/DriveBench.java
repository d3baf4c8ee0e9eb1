package cloud.bevy.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.drive.FileOptions;
import cloud.bevy.hyper.drive.Folder;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts files into a drive and gets them back. A put is over when it is durable: there is an
/// `fsync` behind the bytes and one behind the entry, shared by those who wait together.
public final class DriveBench {
  private static final int MIB = 64;
  private static final int LARGE = MIB << 20;
  private static final int SMALL = 4096;
  private static final int FILES = 1000;
  private static final int TASKS = 64;
  private static final long CACHE = 64 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world = RealWorld.create(System.err);
  private final NodeCache cache = new NodeCache(CACHE);
  private final byte[] large = new byte[LARGE];
  private final byte[][] small = new byte[FILES][SMALL];
  private final Meter meter = new Meter();
  private final Path folder;
  private final Store store;
  private final Corestore cores;
  private int opened;

  private DriveBench(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
    cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
    SplittableRandom random = new SplittableRandom(1);
    random.nextBytes(large);
    for (byte[] each : small) {
      random.nextBytes(each);
    }
  }

  /// Runs in the folder that is the only argument.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    World world = RealWorld.create(System.err);
    try (Store store = Store.open(world, folder.resolve("store"), StoreLimits.defaults())) {
      new DriveBench(folder, store).run();
    }
  }

  private void run() throws Exception {
    meter.measure("put files of 64 MiB, a MiB", 4 * MIB, this::putLarge);
    Drive filled = drive();
    filled.put("/large", large);
    meter.measure("get files of 64 MiB, a MiB", 8 * MIB, gets -> getLarge(filled, gets));
    meter.measure("put files of 4 KiB, one after the other", FILES, this::putSmall);
    meter.measure("put files of 4 KiB, 64 at a time", FILES, this::putManyAtATime);
    meter.measure("put files of 4 KiB, in one batch", FILES, puts -> putBatch(drive(), puts));
    putBatch(filled, FILES);
    meter.measure("get files of 4 KiB", 5 * FILES, gets -> getSmall(filled, gets));
    meter.measure("list files", 20 * FILES, entries -> list(filled, entries));
  }

  private void putLarge(int puts) throws Exception {
    Drive drive = drive();
    for (int number = 0; number < puts / MIB; number++) {
      drive.put("/large" + number, large);
    }
    meter.aside(_ -> clear(drive));
  }

  /// Or the disk is full of what was measured before; and waits until it is done with that.
  private void clear(Drive drive) throws Exception {
    drive.purge();
    store.reclaim();
    try (FileChannel file = FileChannel.open(folder.resolve("settled"), CREATE, WRITE)) {
      file.force(true);
    }
  }

  private void getLarge(Drive drive, int gets) {
    for (int number = 0; number < gets / MIB; number++) {
      check(drive.get("/large").orElseThrow(), LARGE);
    }
  }

  private void putSmall(int puts) {
    Drive drive = drive();
    for (int number = 0; number < puts; number++) {
      drive.put(path(number), small[number]);
    }
  }

  private void putManyAtATime(int puts) throws Exception {
    Drive drive = drive();
    AtomicInteger next = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(TASKS);
    for (int task = 0; task < TASKS; task++) {
      world
          .tasks()
          .start(
              "writer",
              () -> {
                try {
                  for (int n = next.getAndIncrement(); n < puts; n = next.getAndIncrement()) {
                    drive.put(path(n), small[n]);
                  }
                } finally {
                  running.countDown();
                }
              });
    }
    running.await();
    if (drive.version() != puts + 1L) {
      throw new IllegalStateException("version " + drive.version());
    }
  }

  private void putBatch(Drive drive, int puts) throws Exception {
    try (DriveBatch batch = drive.batch()) {
      for (int number = 0; number < puts; number++) {
        batch.put(path(number), small[number], FileOptions.PLAIN);
      }
      batch.commit().await(PATIENCE);
    }
  }

  private void getSmall(Drive drive, int gets) {
    for (int number = 0; number < gets; number++) {
      check(drive.get(path(number % FILES)).orElseThrow(), SMALL);
    }
  }

  private void list(Drive drive, int entries) {
    for (int done = 0; done < entries; ) {
      Iterator<?> files = drive.list(Folder.of("/folder"));
      while (files.hasNext()) {
        files.next();
        done++;
      }
    }
  }

  private Drive drive() {
    return Drive.open(world, cores.namespace("bench " + opened++), cache);
  }

  private static String path(int number) {
    return "/folder/file" + number;
  }

  private static void check(byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalStateException("a file is cut off");
    }
  }
}
