package cloud.bevy.services.messages;

import static cloud.bevy.services.messages.Client.message;
import static cloud.bevy.services.messages.Quality.AT_LEAST_ONCE;
import static cloud.bevy.services.messages.Quality.AT_MOST_ONCE;
import static cloud.bevy.services.messages.Quality.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What sessions are told of, over restarts too.
class MessagesTest {
  interface Body {
    void run(World world, Cloud cloud, Messages messages) throws Exception;
  }

  static void open(World world, Body body) throws Exception {
    try (Clouds clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults())) {
      clouds.create("home");
      try (Lease lease = clouds.open("home").orElseThrow()) {
        body.run(world, lease.cloud(), new Broker().of(lease.cloud()));
      }
    }
  }

  private static void once(Body body) {
    runs(List.of(body));
  }

  /// Each on the disk that the one before has left.
  private static void runs(List<Body> bodies) {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          for (Body each : bodies) {
            machine.run(world -> open(world, each));
          }
        });
  }

  private static void publish(Cloud cloud, Messages messages, Message message) {
    if (messages.publish(message) instanceof Publishing.Taken(_, var ticket)) {
      ticket.ifPresent(cloud::durable);
    }
  }

  @Test
  void whoSubscribesIsTold() {
    once((world, cloud, messages) -> {
      Client client = Client.passing(messages, "c").subscribe("a/+", AT_LEAST_ONCE);
      publish(cloud, messages, message("a/b", "1", AT_LEAST_ONCE));
      publish(cloud, messages, message("b", "2", AT_LEAST_ONCE));
      publish(cloud, messages, message("a/c", "3", AT_MOST_ONCE));
      assertThat(client.texts()).containsExactly("1", "3");
    });
  }

  @Test
  void twoSubscriptionsBringAMessageOnceInTheBetterQuality() {
    once((world, cloud, messages) -> {
      Client client = Client.passing(messages, "c");
      client.subscribe("#", AT_MOST_ONCE).subscribe("a", EXACTLY_ONCE);
      publish(cloud, messages, message("a", "1", EXACTLY_ONCE));
      assertThat(client.told())
          .singleElement()
          .isInstanceOfSatisfying(
              Outgoing.Publish.class, it -> assertThat(it.quality()).isEqualTo(EXACTLY_ONCE));
    });
  }

  @Test
  void whatWaitsForASessionThatLastsOutlivesTheMachine() {
    runs(
        List.of(
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE);
              publish(cloud, messages, message("a", "1", AT_LEAST_ONCE));
              client.connection.close(true);
              publish(cloud, messages, message("a", "2", AT_LEAST_ONCE));
            },
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c");
              assertThat(client.present).isTrue();
              assertThat(client.texts()).containsExactly("1", "2");
              client.connection.close(true);
            },
            (world, cloud, messages) ->
                assertThat(Client.lasting(messages, "c").texts()).isEmpty()));
  }

  @Test
  void whatWasNotAcknowledgedComesAgainMarkedWithItsNumber() {
    once((world, cloud, messages) -> {
      Client client = Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE);
      publish(cloud, messages, message("a", "1", AT_LEAST_ONCE));
      Outgoing.Publish first = (Outgoing.Publish) client.told().getFirst();
      assertThat(first.duplicate()).isFalse();
      Client again = Client.lasting(messages, "c");
      assertThat(client.endings).containsExactly(Receiver.Ending.TAKEN_OVER);
      assertThat(client.told()).isEmpty();
      Outgoing.Publish second = (Outgoing.Publish) again.told().getFirst();
      assertThat(second.duplicate()).isTrue();
      assertThat(second.packetId()).isEqualTo(first.packetId());
    });
  }

  @Test
  void aMessageThatIsToArriveOnceKeepsItsNumberAndItsStepOverARestart() {
    List<Integer> ids = new ArrayList<>();
    runs(
        List.of(
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c").subscribe("a", EXACTLY_ONCE);
              publish(cloud, messages, message("a", "1", EXACTLY_ONCE));
              publish(cloud, messages, message("a", "2", EXACTLY_ONCE));
              assertThat(client.connection.next()).as("its number is not durable").isEmpty();
              cloud.durable(client.connection.noted());
              for (Outgoing each : client.told()) {
                ids.add(((Outgoing.Publish) each).packetId());
              }
              assertThat(client.connection.received(ids.get(0), false)).isTrue();
              cloud.durable(client.connection.noted());
            },
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c");
              List<Outgoing> told = client.told();
              assertThat(told.get(0)).isEqualTo(new Outgoing.Release(ids.get(0)));
              assertThat(told.get(1))
                  .isInstanceOfSatisfying(
                      Outgoing.Publish.class,
                      it -> {
                        assertThat(it.packetId()).isEqualTo(ids.get(1));
                        assertThat(it.duplicate()).isTrue();
                      });
              assertThat(client.connection.completed(ids.get(0))).isTrue();
            }));
  }

  @Test
  void aNumberThatIsTakenStaysSoOverARestart() {
    runs(
        List.of(
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c");
              Publishing taken = client.connection.publish(message("a", "1", EXACTLY_ONCE), 7);
              cloud.durable(((Publishing.Taken) taken).ticket().orElseThrow());
            },
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c");
              assertThat(client.connection.number(7)).isEqualTo(Connection.NumberUse.KNOWN);
              client.connection.release(7).ticket().ifPresent(cloud::durable);
            },
            (world, cloud, messages) ->
                assertThat(Client.lasting(messages, "c").connection.number(7))
                    .isEqualTo(Connection.NumberUse.NEW)));
  }

  @Test
  void whatIsRetainedIsToldToWhoComesLaterUntilItIsTakenBack() {
    runs(
        List.of(
            (world, cloud, messages) -> {
              publish(cloud, messages, retained("a/b", "1"));
              publish(cloud, messages, retained("a/c", "2"));
              publish(cloud, messages, retained("a/c", ""));
            },
            (world, cloud, messages) -> {
              Client client = Client.passing(messages, "c").subscribe("a/#", AT_LEAST_ONCE);
              List<Outgoing> told = client.told();
              assertThat(told).hasSize(1);
              Outgoing.Publish publish = (Outgoing.Publish) told.getFirst();
              assertThat(publish.retained()).isTrue();
              assertThat(Client.text(publish)).isEqualTo("1");
            }));
  }

  private static Message retained(String topic, String text) {
    Message plain = message(topic, text, AT_LEAST_ONCE);
    return new Message(
        plain.topic(), plain.payload(), plain.quality(), true, plain.expires(), plain.properties());
  }

  @Test
  void aWillIsPublishedUnlessItsClientComesBackInTime() {
    once((world, cloud, messages) -> {
      Client watcher = Client.passing(messages, "w").subscribe("will", AT_LEAST_ONCE);
      Will will = new Will(message("will", "lost", AT_LEAST_ONCE), 10, 0);
      Hello hello = new Hello("c", false, 60, 10, Optional.of(will));
      new Client(messages, hello).connection.close(true);
      new Client(messages, hello).connection.close(true);
      world.tasks().sleep(Duration.ofSeconds(9));
      messages.sweep();
      assertThat(watcher.texts()).isEmpty();
      world.tasks().sleep(Duration.ofSeconds(2));
      messages.sweep();
      assertThat(watcher.texts()).containsExactly("lost");
      new Client(messages, hello).connection.close(false);
      world.tasks().sleep(Duration.ofSeconds(70));
      messages.sweep();
      assertThat(watcher.texts()).isEmpty();
      assertThat(new Client(messages, hello).present).as("60 s are over").isFalse();
    });
  }

  @Test
  void aWillIsPublishedAfterThePowerWasCut() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world ->
              open(
                  world,
                  (_, cloud, messages) -> {
                    Client watcher = Client.lasting(messages, "w");
                    watcher.subscribe("will", AT_LEAST_ONCE);
                    Will will = new Will(message("will", "lost", AT_LEAST_ONCE), 0, 0);
                    Client client =
                        new Client(messages, new Hello("c", true, 0, 10, Optional.of(will)));
                    cloud.durable(client.connection.noted());
                    machine.crash();
                  }));
          machine.run(world ->
              open(
                  world,
                  (_, cloud, messages) ->
                      assertThat(Client.lasting(messages, "w").texts()).containsExactly("lost")));
        });
  }

  @Test
  void membersOfAGroupShareWhatComes() {
    once((world, cloud, messages) -> {
      Client one = Client.passing(messages, "1").subscribe("$share/g/a", AT_LEAST_ONCE);
      Client other = Client.passing(messages, "2").subscribe("$share/g/a", AT_LEAST_ONCE);
      IntStream.range(0, 10)
          .forEach(i -> publish(cloud, messages, message("a", "" + i, AT_LEAST_ONCE)));
      assertThat(one.texts()).containsExactly("0", "2", "4", "6", "8");
      assertThat(other.texts()).containsExactly("1", "3", "5", "7", "9");
    });
  }

  @Test
  void aGroupOfWhichAllHaveMuchWaitingIsToldAllTheSame() {
    once((world, cloud, messages) -> {
      Client member = Client.lasting(messages, "1").subscribe("$share/g/a", AT_LEAST_ONCE);
      member.connection.close(true);
      for (int i = 0; i < MessageLimits.QUEUED; i++) {
        assertThat(messages.publish(message("a", "" + i, AT_LEAST_ONCE)))
            .isInstanceOfSatisfying(
                Publishing.Taken.class, taken -> assertThat(taken.receivers()).isOne());
      }
      assertThat(messages.publish(message("a", "one more", AT_LEAST_ONCE)))
          .isInstanceOf(Publishing.Full.class);
      assertThat(Client.lasting(messages, "1").texts()).hasSize(MessageLimits.QUEUED);
    });
  }

  /// Of one place of the journal nothing waits twice, or one would be taken for the other.
  @Test
  void whatIsRetainedWaitsOnceForAClientHoweverOftenItSubscribes() {
    once((world, cloud, messages) -> {
      Message kept =
          new Message(
              TopicName.of("a/b").orElseThrow(),
              new byte[] {'1'},
              EXACTLY_ONCE,
              true,
              Instant.MAX,
              MessageProperties.NONE);
      publish(cloud, messages, kept);
      Client client = Client.lasting(messages, "c");
      client.subscribe("a/#", EXACTLY_ONCE).subscribe("a/+", EXACTLY_ONCE);
      client.subscribe("a/#", AT_LEAST_ONCE);
      assertThat(client.told()).as("its number is not durable").isEmpty();
      List<Outgoing> told = client.told();
      assertThat(told).hasSize(1);
      int id = ((Outgoing.Publish) told.getFirst()).packetId();
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.connection.received(id, false)).isTrue();
      }
      assertThat(client.told()).as("however often it says so").hasSize(1);
      assertThat(client.connection.completed(id)).isTrue();
      assertThat(messages.state().totals.entries).isZero();
      assertThat(messages.state().totals.bytes).isZero();
    });
  }

  @Test
  void whoIsConnectedElsewhereByNowPublishesNothing() {
    once((world, cloud, messages) -> {
      Client watcher = Client.passing(messages, "w").subscribe("#", AT_LEAST_ONCE);
      Client before = Client.lasting(messages, "c");
      Client after = Client.lasting(messages, "c");
      assertThat(before.connection.publish(message("a", "1", EXACTLY_ONCE), 7))
          .isInstanceOf(Publishing.Gone.class);
      before.subscribe("a", AT_LEAST_ONCE);
      assertThat(after.connection.publish(message("a", "2", EXACTLY_ONCE), 7))
          .isInstanceOf(Publishing.Taken.class);
      assertThat(watcher.texts()).containsExactly("2");
      assertThat(after.texts()).isEmpty();
    });
  }

  /// What the whole before did not need and a crash kept from being forgotten is forgotten with the
  /// next; and what is needed is there.
  @Test
  void aWholeThatWasNotFollowedByForgettingIsFollowedByItLater() {
    runs(
        List.of(
            (world, cloud, messages) -> {
              Client client = Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE);
              for (int i = 0; i < 20; i++) {
                publish(cloud, messages, message("a", "" + i, AT_LEAST_ONCE));
              }
              assertThat(client.texts()).hasSize(20);
              publish(cloud, messages, message("a", "last", AT_LEAST_ONCE));
              Journal journal = messages.journal();
              messages.in(() -> Wholes.write(journal, messages.state(), false));
              cloud.durable(journal.last());
            },
            (world, cloud, messages) -> {
              assertThat(Client.lasting(messages, "c").texts()).contains("last");
              Journal journal = messages.journal();
              long blocks = LongStream.range(0, 20).filter(place -> there(journal, place)).count();
              for (int look = 0; look < 1_000 && blocks > 0; look++) {
                world.tasks().sleep(Duration.ofMillis(10));
                blocks = LongStream.range(0, 20).filter(place -> there(journal, place)).count();
              }
              assertThat(blocks).isZero();
            }));
  }

  private static boolean there(Journal journal, long place) {
    try {
      return journal.read(place).whole() >= 0;
    } catch (MessagesFault missing) {
      return false;
    }
  }

  @Test
  void whoIsGoneAndHasTooMuchWaitingKeepsOthersFromPublishingAndLosesNothing() {
    once((world, cloud, messages) -> {
      Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE).connection.close(true);
      for (int i = 0; i < MessageLimits.QUEUED; i++) {
        assertThat(messages.publish(message("a", "" + i, AT_LEAST_ONCE)))
            .isInstanceOf(Publishing.Taken.class);
      }
      assertThat(messages.publish(message("a", "one more", AT_LEAST_ONCE)))
          .isInstanceOf(Publishing.Full.class);
      assertThat(Client.lasting(messages, "c").texts()).hasSize(MessageLimits.QUEUED);
    });
  }

  @Test
  void whatIsTooFastForSomebodySlowIsDroppedAndCounted() {
    once((world, cloud, messages) -> {
      Client slow = Client.passing(messages, "c").subscribe("a", AT_MOST_ONCE);
      for (int i = 0; i < MessageLimits.QUEUED + 5; i++) {
        publish(cloud, messages, message("a", "", AT_MOST_ONCE));
      }
      assertThat(messages.count().dropped()).isEqualTo(5);
      assertThat(slow.told()).hasSize(MessageLimits.QUEUED);
    });
  }

  @Test
  void whatIsOverIsNotTold() {
    once((world, cloud, messages) -> {
      Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE).connection.close(true);
      Message plain = message("a", "short", AT_LEAST_ONCE);
      publish(
          cloud,
          messages,
          new Message(
              plain.topic(),
              plain.payload(),
              plain.quality(),
              false,
              world.time().now().plusSeconds(5),
              plain.properties()));
      publish(cloud, messages, message("a", "long", AT_LEAST_ONCE));
      world.tasks().sleep(Duration.ofSeconds(6));
      assertThat(Client.lasting(messages, "c").texts()).containsExactly("long");
    });
  }

  @Test
  void theJournalForgetsWhatNobodyWaitsForAndKeepsWhatSomebodyDoes() {
    runs(
        List.of(
            (world, cloud, messages) -> {
              Client.lasting(messages, "late").subscribe("b", AT_LEAST_ONCE).connection.close(true);
              publish(cloud, messages, message("b", "kept", AT_LEAST_ONCE));
              Client client = Client.lasting(messages, "c").subscribe("a", AT_LEAST_ONCE);
              for (int i = 0; i < Wholes.BLOCKS / 400; i++) {
                for (int j = 0; j < 900; j++) {
                  messages.publish(message("a", "" + j, AT_LEAST_ONCE));
                }
                assertThat(client.texts()).hasSize(900);
              }
              world.tasks().sleep(Duration.ofSeconds(10));
              long there =
                  IntStream.range(0, (int) cloud.log("messages").length())
                      .filter(cloud.log("messages")::has)
                      .count();
              assertThat(there).isLessThan(Wholes.BLOCKS + 100);
            },
            (world, cloud, messages) -> {
              assertThat(Client.lasting(messages, "c").texts()).isEmpty();
              assertThat(Client.lasting(messages, "late").texts()).containsExactly("kept");
            }));
  }
}
