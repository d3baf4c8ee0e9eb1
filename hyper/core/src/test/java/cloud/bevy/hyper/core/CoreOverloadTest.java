package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.testing.simulator.Seeds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cores in need: a store that takes nothing more, a machine on which no task can be started.
class CoreOverloadTest {
  private static final Path FOLDER = Path.of("/store");
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /// Takes one batch at a time, and has no patience.
  private static final StoreLimits BUSY = new StoreLimits(64 << 20, 10_000, 1, 2, 3, Duration.ZERO);

  private int refusals;

  @Test
  void whatTheStoreIsTooBusyForTakesNothingWithItThatTheStoreHas() {
    Seeds.forEach(
        "core-busy", 10, simulation -> simulation.machine("a").run(this::appendToABusyStore));
    assertThat(refusals).isPositive();
  }

  private void appendToABusyStore(World world) throws Exception {
    Store store = Store.open(world, FOLDER, BUSY);
    Core core = Corestore.open(world, store, new byte[32]).core("notes");
    Append first = core.append(heavy(1));
    long taken = first.length();
    Append second = core.append(heavy(2));
    if (isRefused(second.ticket())) {
      refusals++;
    } else {
      taken = second.length();
    }
    Append third = core.append(new byte[] {3});
    assertThat(third.start()).isEqualTo(taken);
    first.ticket().await(DEADLINE);
    third.ticket().await(DEADLINE);
    assertThat(core.length()).isEqualTo(taken + 1);
    assertThat(((BlockLookup.Found) core.get(0)).toArray()).startsWith(1, 1);
    assertThat(((BlockLookup.Found) core.get(taken)).toArray()).containsExactly(3);
    assertThat(core.verify().sound()).isTrue();
  }

  /// Blocks that are handed to the store at once, whatever is underway.
  private static List<byte[]> heavy(int content) {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) content);
    return List.of(block, block, block, block, block, block, block, block);
  }

  private static boolean isRefused(Ticket ticket) throws Exception {
    try {
      ticket.await(DEADLINE);
      return false;
    } catch (StoreFault fault) {
      assertThat(fault.kind()).isEqualTo(StoreFault.Kind.OVERLOADED);
      return true;
    }
  }

  @Test
  void whatWaitsIsWrittenAlsoWhereNoTaskCanBeStarted() {
    Seeds.forEach(
        "core-no-tasks",
        20,
        simulation -> simulation.machine("a").run(CoreOverloadTest::appendWithoutTasks));
  }

  private static void appendWithoutTasks(World world) throws Exception {
    Store store = Store.open(world, FOLDER, StoreLimits.defaults());
    Core core = Corestore.open(withoutTasks(world), store, new byte[32]).core("notes");
    List<Ticket> tickets = new ArrayList<>();
    for (int index = 0; index < 20; index++) {
      tickets.add(core.append(Golden.block(index)).ticket());
    }
    for (Ticket ticket : tickets) {
      ticket.await(DEADLINE);
    }
    assertThat(core.length()).isEqualTo(20);
  }

  private static World withoutTasks(World world) {
    Tasks tasks =
        proxy(
            Tasks.class,
            (method, arguments) -> {
              if (method.getName().equals("start")) {
                throw new IllegalStateException("no task can be started");
              }
              return call(world.tasks(), method, arguments);
            });
    return proxy(
        World.class,
        (method, arguments) ->
            method.getName().equals("tasks") ? tasks : call(world, method, arguments));
  }

  private interface Answer {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> kind, Answer answer) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> answer.to(method, arguments)));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
