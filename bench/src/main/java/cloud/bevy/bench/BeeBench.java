package cloud.bevy.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// Puts entries of 100 bytes into a bee in batches and reads them back. A batch is over when it is
/// durable; a few of them may wait for their `fsync` at the same time.
public final class BeeBench {
  private static final int KEYS = 1_000_000;
  private static final int VALUE = 100;
  private static final int BATCH = 100;
  private static final int BEE = 50_000;
  private static final int UNDER_WAY = 8;
  private static final long CACHE = 64 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final World world = RealWorld.create(System.err);
  private final SplittableRandom random = new SplittableRandom(1);
  private final NodeCache cache = new NodeCache(CACHE);
  private final Corestore cores;
  private int opened;

  private BeeBench(Store store) {
    cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
  }

  /// Runs in the folder that is the only argument.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    World world = RealWorld.create(System.err);
    try (Store store = Store.open(world, folder.resolve("store"), StoreLimits.defaults())) {
      new BeeBench(store).run();
    }
  }

  private void run() throws Exception {
    Meter meter = new Meter();
    meter.measure("put, batches of 100", BEE, puts -> fill(bee(), new int[puts]));
    Bee filled = bee();
    int[] present = new int[100_000];
    fill(filled, present);
    meter.measure("get at random", 50_000, gets -> get(filled, present, gets));
    meter.measure("scan, ranges of 100", 100_000, entries -> scan(filled, entries));
  }

  /// Puts as many entries as `numbers` has room for, and notes their keys there.
  private void fill(Bee bee, int[] numbers) throws Exception {
    Deque<Ticket> tickets = new ArrayDeque<>();
    for (int done = 0; done < numbers.length; done += BATCH) {
      try (BeeBatch batch = bee.batch()) {
        for (int each = 0; each < BATCH; each++) {
          numbers[done + each] = random.nextInt(KEYS);
          batch.put(key(numbers[done + each]), value());
        }
        tickets.add(batch.commit());
      }
      if (tickets.size() == UNDER_WAY) {
        tickets.removeFirst().await(PATIENCE);
      }
    }
    tickets.getLast().await(PATIENCE);
    if (bee.version() != numbers.length + 1L) {
      throw new IllegalStateException("version " + bee.version());
    }
  }

  private void get(Bee bee, int[] present, int gets) {
    for (int done = 0; done < gets; done++) {
      byte[] wanted = key(present[random.nextInt(present.length)]);
      if (bee.now().get(wanted).isEmpty()) {
        throw new IllegalStateException("an entry is missing");
      }
    }
  }

  private void scan(Bee bee, int entries) {
    for (int done = 0; done < entries; ) {
      BeeCursor cursor = bee.now().range(Range.all().gte(key(random.nextInt(KEYS))).limit(BATCH));
      while (cursor.hasNext()) {
        if (cursor.next().value().length != VALUE) {
          throw new IllegalStateException("a value is cut off");
        }
        done++;
      }
    }
  }

  private Bee bee() {
    return Bee.on(world, cores.core("bench " + opened++), cache);
  }

  private static byte[] key(int number) {
    byte[] key = "key00000000".getBytes(US_ASCII);
    int rest = number;
    for (int at = key.length - 1; rest > 0; at--) {
      key[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  private byte[] value() {
    byte[] value = new byte[VALUE];
    random.nextBytes(value);
    return value;
  }
}
