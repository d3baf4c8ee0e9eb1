package cloud.bevy.hyper.replication;

import static cloud.bevy.hyper.replication.Hostile.request;
import static cloud.bevy.hyper.replication.Hostile.say;
import static cloud.bevy.hyper.replication.Hostile.sync;
import static cloud.bevy.hyper.replication.Party.MINUTE;
import static cloud.bevy.hyper.replication.Party.block;
import static cloud.bevy.hyper.replication.Party.read;
import static cloud.bevy.hyper.replication.Party.until;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.mux.Channel;
import cloud.bevy.hyper.wire.MalformedException;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What peers that lie, flood or fall silent get: the end of their stream, with a reason in the
/// log, and nobody else's time.
class AttackTest {
  private static final int BLOCKS = 100;
  private static final int LARGE = 1 << 18;
  private static final int MANY = 200;

  /// What a hostile peer does to somebody who has a core of a hundred blocks.
  private interface Attack {
    void on(Core core, Hostile hostile) throws Exception;
  }

  private static void attack(String reason, Attack attack) {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          Party victim = new Party(a.world(), 1).listen(a.address());
          Core core = victim.write("notes", BLOCKS);
          simulation
              .machine("b")
              .run(world -> {
                Party party = new Party(world, 2);
                Hostile hostile = new Hostile(party, party.dial(a.address()));
                attack.on(core, hostile);
                if (!reason.isEmpty()) {
                  until(world, () -> hostile.ended);
                }
              });
          until(simulation.machine("t").world(), () -> victim.replication.links().isEmpty());
          assertThat(simulation.sentences())
              .filteredOn(sentence -> sentence.startsWith("a WARNING"))
              .hasSize(reason.isEmpty() ? 0 : 1)
              .allMatch(sentence -> sentence.contains(reason));
        });
  }

  private static Channel open(Core core, Hostile hostile) throws InterruptedException {
    return hostile.open(core.discoveryKey(), hostile.capability(core.key()));
  }

  @Test
  void wrongCapability_whoDoesNotKnowTheKeyIsDropped() {
    attack(
        "does not know the key",
        (core, hostile) -> hostile.open(core.discoveryKey(), new byte[32]));
  }

  @Test
  void endlessChannels_coresThatAreNotHereAreRefusedAndRememberedByNobody() {
    attack(
        "",
        (core, hostile) -> {
          for (int number = 1; number <= 2000; number++) {
            byte[] unknown = core.discoveryKey();
            unknown[0] ^= (byte) number;
            unknown[1] ^= (byte) (number >>> 8);
            hostile.open(unknown, new byte[32]);
            int refused = number;
            if (number % 100 == 0) {
              until(hostile.world, () -> hostile.refused == refused);
            }
          }
          hostile.mux.close();
        });
  }

  @Test
  void askForNothing_whoAsksForBlocksThatAreNotHereHearsSoAndIsDroppedInTheEnd() {
    attack(
        "asks for what it was not told",
        (core, hostile) -> {
          Channel channel = open(core, hostile);
          for (int id = 1; id <= CoreChannel.MOST_LACKED + 1; id++) {
            say(channel, request(id, BLOCKS + id));
            if (id == 1000) {
              until(hostile.world, () -> hostile.heard(Message.NoData.class).size() == 1000);
              assertThat(hostile.heard(Message.NoData.class)).allMatch(it -> it.reason() == 0);
            }
          }
        });
  }

  @Test
  void nonsense_whoAsksForWhatMakesNoSenseIsDroppedInTheEnd() {
    attack(
        "makes no sense",
        (core, hostile) -> {
          Channel channel = open(core, hostile);
          for (int id = 1; id <= CoreChannel.MOST_INVALID + 1; id++) {
            Proof.Request wanted =
                new Proof.Request(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Proof.Range(50, BLOCKS)));
            say(channel, new Message.Request(id, 0, wanted, false, 0));
          }
        });
  }

  @Test
  void flood_whoAsksForMoreThanCanBeAnsweredIsDropped() {
    attack(
        "asks for more at once",
        (core, hostile) -> {
          Channel channel = open(core, hostile);
          hostile.mux.cork();
          for (int id = 1; id <= 2 * Answers.MOST_REQUESTS; id++) {
            say(channel, request(id, id % BLOCKS));
          }
          hostile.mux.uncork();
        });
  }

  @Test
  void neverReads_whoAsksForMuchAndReadsNothingIsDropped() {
    attack(
        "does not read",
        (core, hostile) -> {
          core.append(List.of(new byte[LARGE])).ticket().await(Party.MINUTE);
          Channel channel = open(core, hostile);
          until(hostile.world, () -> !hostile.heard(Message.Sync.class).isEmpty());
          hostile.answers((_, _) -> sleep(hostile.world));
          for (int id = 1; id <= MANY; id++) {
            say(channel, request(id, BLOCKS));
          }
        });
  }

  private static void sleep(World world) {
    try {
      world.tasks().sleep(Link.UNREAD.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oddRanges_whoWantsRangesThatAreNoPowersOfTwoIsToldOfAllAndNotDropped() {
    attack(
        "",
        (core, hostile) -> {
          Channel channel = open(core, hostile);
          for (int length = 33; length < 3000; length += 7) {
            say(channel, new Message.Want(length, length, false));
          }
          say(channel, request(1, 5));
          until(hostile.world, () -> !hostile.heard(Message.Data.class).isEmpty());
          hostile.mux.close();
        });
  }

  @Test
  void crookedBitfield_whoTellsOfBlocksAtOddPlacesIsDropped() {
    attack(
        "multiple of 32",
        (core, hostile) -> say(open(core, hostile), new Message.Bitfield(5, new int[] {1})));
  }

  @Test
  void unasked_whoSendsWhatNobodyAskedForIsDropped() {
    attack(
        "was not asked for",
        (core, hostile) -> {
          Channel channel = open(core, hostile);
          Proof proof =
              new Proof(
                  0,
                  Optional.of(new Proof.Block(0, new byte[10], List.of())),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty());
          for (int id = 1; id <= CoreChannel.MOST_UNASKED + 1; id++) {
            say(channel, new Message.Data(new Proof.Message(id, proof, Optional.empty())));
          }
        });
  }

  @Test
  void farClaims_whoClaimsEverythingAndAnswersNothingHoldsNobodyUp() {
    withLiar((source, reader, liar) -> {
      liar.answers((channel, message) -> {
        if (message instanceof Message.Sync) {
          say(channel, sync(0, (1L << 53) - 1));
          say(channel, new Message.Range(false, 0, (1L << 53) - 1));
        }
      });
      Core core = reader.remote(source.key());
      try (Registration _ = core.download(0, BLOCKS)) {
        until(reader.world, () -> core.replica().contiguous() == BLOCKS);
      }
    });
  }

  @Test
  void forgedBlock_whoAnswersWithAnotherBlockIsDroppedAndTheBlockComesFromElsewhere() {
    withLiar((source, reader, liar) -> {
      liar.answers((channel, message) -> forge(source, channel, message));
      Core core = reader.remote(source.key());
      for (int index = 0; index < BLOCKS; index++) {
        assertThat(read(core, index)).isEqualTo(block(0, index));
      }
      until(reader.world, () -> liar.ended);
      assertThat(reader.replication.links()).hasSize(1);
    });
  }

  /// Answers truly but for the block's last byte.
  private static void forge(Core source, Channel channel, Message message) {
    if (message instanceof Message.Sync it) {
      say(channel, new Message.Sync(0, BLOCKS, it.length(), true, true, true, true, false));
      say(channel, new Message.Range(false, 0, BLOCKS));
    } else if (message instanceof Message.Request it && it.id() > 0) {
      try {
        Proof proof = source.prove(it.wanted());
        Optional<Proof.Block> forged =
            proof.block().map(block -> new Proof.Block(block.index(), new byte[3], block.nodes()));
        say(
            channel,
            new Message.Data(
                new Proof.Message(
                    it.id(),
                    new Proof(0, forged, proof.hash(), proof.seek(), proof.upgrade()),
                    source.knownManifest())));
      } catch (MalformedException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  /// What happens with an honest writer, a reader, and a peer that lies to the reader.
  private interface Story {
    void tell(Core source, Party reader, Hostile liar) throws Exception;
  }

  private static void withLiar(Story story) {
    Simulation.run(
        3,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine c = simulation.machine("c");
          Party writer = new Party(a.world(), 1).listen(a.address());
          Core source = writer.write("notes", BLOCKS);
          Party reader = new Party(c.world(), 3).listen(c.address());
          Party party = new Party(simulation.machine("b").world(), 2);
          Hostile liar = new Hostile(party, party.dial(c.address()));
          liar.pair(source.key());
          c.run(_ -> {
            reader.join(a.address());
            story.tell(source, reader, liar);
          });
        });
  }

  @Test
  void twoHistories_aCoreWhoseSignerHasSignedTwoIsFrozenAndBothAreShown() {
    Simulation.run(
        4,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine b = simulation.machine("b");
          Party one = new Party(a.world(), 1).listen(a.address());
          Party other = new Party(b.world(), 1).listen(b.address());
          Core source = one.write("notes", 10);
          Core twin = other.cores.core("notes");
          List<byte[]> blocks = new ArrayList<>();
          for (int index = 0; index < 12; index++) {
            blocks.add(new byte[] {(byte) index});
          }
          twin.append(blocks).ticket().await(MINUTE);
          simulation
              .machine("c")
              .run(world -> {
                Party reader = new Party(world, 2);
                reader.join(a.address());
                Core core = reader.remote(source.key());
                List<CoreFault> faults = new ArrayList<>();
                List<CoreFault> known = new ArrayList<>();
                core.listen(noting(faults));
                source.listen(noting(known));
                try (Registration _ = core.download(0, Long.MAX_VALUE)) {
                  until(world, () -> core.replica().contiguous() == 10);
                  reader.join(b.address());
                  until(world, () -> !faults.isEmpty());
                }
                assertThat(faults.getFirst().kind()).isEqualTo(CoreFault.Kind.CONFLICT);
                until(world, () -> !known.isEmpty());
              });
        });
  }

  private static Listener noting(List<CoreFault> faults) {
    return new Listener() {
      @Override
      public void frozen(CoreFault fault) {
        faults.add(fault);
      }
    };
  }
}
