package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A program that uses all of a world: several tasks on several machines that write, sync, wait for
/// a lock, sleep and crash.
final class BusyProgram {
  private static final int TASKS = 5;
  private static final int WRITES = 10;
  private static final int SEEDS = 10;

  private BusyProgram() {}

  public static void main(String[] arguments) {
    traces().forEach(System.out::println);
  }

  static List<String> traces() {
    List<String> traces = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      traces.add(seed + " " + Long.toHexString(Simulation.run(seed, BusyProgram::play)));
    }
    return traces;
  }

  static void play(Simulation simulation) throws Exception {
    for (String name : List.of("a", "b")) {
      SimulatedMachine machine = simulation.machine(name);
      machine.disk().failAt(10 + simulation.chance().below(100), DiskFailure.POWER_CUT);
      machine.run(BusyProgram::work);
      machine.run(BusyProgram::look);
    }
  }

  private static void work(World world) throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Path folder = Path.of("/busy");
    world.disk().createDirectories(folder);
    List<Tasks.Task> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      Path path = folder.resolve("file" + i);
      tasks.add(world.tasks().start("writer" + i, () -> write(world, path, lock)));
    }
    for (Tasks.Task task : tasks) {
      task.join(Duration.ofDays(1));
    }
  }

  private static void write(World world, Path path, ReentrantLock lock) {
    try (DiskFile file = world.disk().open(path, Disk.Mode.CREATE)) {
      for (int i = 0; i < WRITES; i++) {
        lock.lock();
        try {
          file.write(ByteBuffer.wrap(world.chance().bytes(600)), i * 600L);
        } finally {
          lock.unlock();
        }
        file.sync();
        world.tasks().sleep(Duration.ofMillis(world.chance().below(10)));
      }
      world.disk().syncDirectory(path.getParent());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static void look(World world) throws IOException {
    Path folder = Path.of("/busy");
    if (!world.disk().exists(folder)) {
      return;
    }
    for (Path name : world.disk().list(folder)) {
      byte[] bytes = world.disk().read(folder.resolve(name), 1 << 20);
      world.log().info(name + " " + java.util.Arrays.hashCode(bytes));
    }
  }
}
