package cloud.bevy.services.messages;

import static cloud.bevy.services.messages.Client.message;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A machine that loses power while it is told of messages.
class MessagesCrashTest {
  private static final int SEEDS = 20;
  private static final int CRASHES = 4;
  private static final int LATEST_CRASH = 120;

  /// What is outside the machine.
  private static final class Outside {
    int next;
    final List<Integer> acknowledged = new ArrayList<>();
    final List<Integer> arrived = new ArrayList<>();

    /// The packet ids of messages that have arrived and may not be counted twice.
    final Set<Integer> known = new HashSet<>();
  }

  @Test
  void overPowerCutsEveryMessageThatWasTakenArrivesInItsOrder() {
    Seeds.forEach(
        "messages at least once",
        SEEDS,
        simulation -> {
          Outside outside = crash(simulation, Quality.AT_LEAST_ONCE);
          assertThat(outside.arrived).containsAll(outside.acknowledged);
          List<Integer> firsts = outside.arrived.stream().distinct().toList();
          assertThat(firsts).isSorted();
        });
  }

  @Test
  void overPowerCutsEveryMessageThatIsToArriveOnceDoesSo() {
    Seeds.forEach(
        "messages exactly once",
        SEEDS,
        simulation -> {
          Outside outside = crash(simulation, Quality.EXACTLY_ONCE);
          assertThat(outside.arrived).containsAll(outside.acknowledged).doesNotHaveDuplicates();
          assertThat(outside.arrived).isSorted();
        });
  }

  private static Outside crash(Simulation simulation, Quality quality) throws Exception {
    Outside outside = new Outside();
    SimulatedMachine machine = simulation.machine("a");
    machine.run(world ->
        MessagesTest.open(
            world,
            (_, cloud, messages) -> {
              Client client = Client.lasting(messages, "c").subscribe("a", quality);
              cloud.durable(client.connection.noted());
            }));
    for (int crash = 0; crash < CRASHES; crash++) {
      int call = 1 + simulation.chance().below(LATEST_CRASH);
      machine.disk().failAt(call, DiskFailure.POWER_CUT);
      machine.run(world ->
          MessagesTest.open(
              world,
              (_, cloud, messages) -> {
                Client client = Client.lasting(messages, "c");
                for (int i = 0; i < LATEST_CRASH; i++) {
                  List<Integer> sent = new ArrayList<>();
                  Publishing last = new Publishing.Full();
                  for (int j = simulation.chance().below(4); j >= 0; j--) {
                    int number = outside.next++;
                    sent.add(number);
                    last = messages.publish(message("a", "" + number, quality));
                  }
                  ((Publishing.Taken) last).ticket().ifPresent(cloud::durable);
                  outside.acknowledged.addAll(sent);
                  hear(outside, client.connection);
                }
              }));
    }
    machine.disk().failNoMore();
    machine.run(world ->
        MessagesTest.open(
            world,
            (_, cloud, messages) -> {
              Client client = Client.lasting(messages, "c");
              do {
                cloud.durable(client.connection.noted());
              } while (hear(outside, client.connection));
            }));
    assertThat(outside.acknowledged).isNotEmpty();
    return outside;
  }

  private static boolean hear(Outside outside, Connection connection) {
    List<Outgoing> told = connection.next();
    for (Outgoing each : told) {
      switch (each) {
        case Outgoing.Publish publish -> {
          int number = Integer.parseInt(Client.text(publish));
          if (publish.quality() == Quality.AT_LEAST_ONCE) {
            outside.arrived.add(number);
            assertThat(connection.acknowledged(publish.packetId())).isTrue();
          } else {
            if (outside.known.add(publish.packetId())) {
              outside.arrived.add(number);
            }
            assertThat(connection.received(publish.packetId(), false)).isTrue();
          }
        }
        case Outgoing.Release(int id) -> {
          outside.known.remove(id);
          assertThat(connection.completed(id)).isTrue();
        }
      }
    }
    return !told.isEmpty();
  }
}
