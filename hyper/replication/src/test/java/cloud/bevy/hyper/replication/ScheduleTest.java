package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.replication.Message.Sync;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  /// A core here.
  private static final class Core implements Schedule.Here {
    final BitSet blocks = new BitSet();
    long length;
    long fork;
    boolean followsForks = true;

    @Override
    public long length() {
      return length;
    }

    @Override
    public long fork() {
      return fork;
    }

    long contiguous() {
      return Math.min(length, blocks.nextClearBit(0));
    }

    @Override
    public boolean has(long block) {
      return blocks.get((int) block);
    }

    @Override
    public boolean manifestKnown() {
      return true;
    }

    @Override
    public boolean followsForks() {
      return followsForks;
    }
  }

  private final Core here = new Core();
  private final Schedule schedule = new Schedule(here);
  private long now;

  private Peer peer(long length, long has) {
    Peer peer = new Peer();
    schedule.joined(peer);
    peer.heard(sync(0, length));
    peer.presence().add(0, has);
    return peer;
  }

  private Sync sync(long fork, long length) {
    return new Sync(fork, length, here.length, true, true, true, true, false);
  }

  private List<Asked> asks(Peer peer) {
    List<Asked> asks = new ArrayList<>();
    for (Peer.Order order : peer.orders()) {
      if (order instanceof Peer.Order.Ask(Asked asked)) {
        asks.add(asked);
      }
    }
    peer.orders().clear();
    return asks;
  }

  private List<Asked> fill(Peer peer) {
    schedule.fill(peer, now, here.contiguous());
    return asks(peer);
  }

  private void answer(Asked asked) {
    schedule.answered(asked.peer(), asked.id());
    asked.what().upgrade().ifPresent(it -> here.length = it.start() + it.length());
    asked.what().block().ifPresent(block -> here.blocks.set((int) block));
    schedule.taken(asked);
  }

  private static Want.Blocks all() {
    return new Want.Blocks(0, Long.MAX_VALUE, false);
  }

  private static List<Long> blocks(List<Asked> asks) {
    return asks.stream()
        .filter(it -> it.what().block().isPresent())
        .map(it -> it.what().block().getAsLong())
        .toList();
  }

  @Test
  void nothingIsAskedForBeforeSomethingIsWanted() {
    Peer peer = peer(100, 100);
    assertThat(fill(peer)).isEmpty();
    assertThat(schedule.busy()).isFalse();
  }

  @Test
  void theLengthIsAskedForFirstWithTheFirstBlockThatIsWanted() {
    Peer peer = peer(100, 100);
    schedule.want(all());
    List<Asked> asked = fill(peer);
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().what().upgrade().orElseThrow().length()).isEqualTo(100);
    assertThat(asked.getFirst().what().block()).hasValue(0);
    answer(asked.getFirst());
    assertThat(blocks(fill(peer))).hasSize(99).startsWith(1L, 2L, 3L);
  }

  @Test
  void aReaderWhoWaitsComesBeforeADownload() {
    Peer peer = peer(100, 100);
    here.length = 100;
    schedule.want(all());
    schedule.want(new Want.Blocks(70, 71, true));
    assertThat(blocks(fill(peer))).startsWith(70L, 0L, 1L).doesNotHaveDuplicates();
  }

  @Test
  void noMoreIsAskedForAtOnceThanThePeerAllows() {
    Peer peer = peer(100_000, 100_000);
    here.length = 100_000;
    schedule.want(all());
    assertThat(fill(peer)).hasSize(Peer.WINDOW);
    assertThat(fill(peer)).isEmpty();
    peer.becomeOurs();
    assertThat(fill(peer)).hasSize(Peer.WIDE_WINDOW - Peer.WINDOW);
  }

  @Test
  void twoPeersShareTheWorkAndNoBlockIsAskedForTwice() {
    here.length = 1000;
    Peer one = peer(1000, 1000);
    Peer other = peer(1000, 1000);
    schedule.want(all());
    List<Long> both = new ArrayList<>(blocks(fill(one)));
    both.addAll(blocks(fill(other)));
    assertThat(both).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void aSlowBlockIsAskedForFromAFasterPeerAndTheSlowOneIsToldThatItIsNotNeeded() {
    here.length = 10;
    Peer slow = peer(10, 10);
    Peer fast = peer(10, 10);
    schedule.want(all());
    assertThat(fill(slow)).hasSize(10);
    assertThat(fill(fast)).isEmpty();
    now += 10 * Schedule.SLOW_NANOS;
    List<Asked> again = fill(fast);
    assertThat(blocks(again))
        .containsExactlyElementsOf(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L));
    answer(again.getFirst());
    assertThat(slow.orders()).hasSize(1).allMatch(Peer.Order.Cancel.class::isInstance);
    assertThat(slow.mayBeLate()).isTrue();
    assertThat(slow.mayBeLate()).isFalse();
    assertThat(fill(fast)).isEmpty();
  }

  @Test
  void aBlockIsAskedForFromThreePeersAtMost() {
    here.length = 1;
    schedule.want(all());
    int asked = 0;
    for (int number = 0; number < 5; number++) {
      asked += fill(peer(1, 1)).size();
      now += 10 * Schedule.SLOW_NANOS;
    }
    assertThat(asked).isEqualTo(Schedule.MOST_COPIES);
  }

  @Test
  void whatAPeerThatLeftWasAskedIsAskedOfAnother() {
    here.length = 10;
    Peer one = peer(10, 10);
    Peer other = peer(10, 10);
    schedule.want(all());
    assertThat(fill(one)).hasSize(10);
    schedule.left(one);
    assertThat(blocks(fill(other))).hasSize(10).startsWith(0L);
  }

  @Test
  void aPeerThatHasNotGotABlockIsNotAskedForItAgainUntilItSaysThatItHas() {
    here.length = 1;
    Peer peer = peer(1, 1);
    schedule.want(all());
    Asked asked = fill(peer).getFirst();
    schedule.answered(peer, asked.id());
    schedule.refuse(asked);
    schedule.lost(asked);
    assertThat(fill(peer)).isEmpty();
    peer.presence().add(0, 1);
    schedule.has(peer, 0);
    assertThat(blocks(fill(peer))).containsExactly(0L);
  }

  @Test
  void neverAnswers_aPeerThatDoesNotAnswerIsGivenUpAndOthersAreAsked() {
    Peer dead = peer(10, 10);
    schedule.want(all());
    assertThat(fill(dead)).hasSize(1);
    now += Schedule.PATIENCE_NANOS;
    schedule.giveUp(now);
    assertThat(fill(dead)).isEmpty();
    assertThat(fill(peer(10, 10))).hasSize(1);
  }

  @Test
  void farLengths_aPeerThatClaimsAnEndlessCoreHoldsNobodyUp() {
    Peer liar = peer((1L << 53) - 1, 0);
    liar.presence().add(0, Long.MAX_VALUE);
    schedule.want(all());
    assertThat(fill(liar)).hasSize(1);
    Peer honest = peer(10, 10);
    assertThat(fill(honest)).isEmpty();
    now += Schedule.UPGRADE_NANOS;
    assertThat(fill(honest)).hasSize(1);
  }

  @Test
  void aPeerIsAskedWhatItHasOfABlockThatIsWanted() {
    here.length = 1 << 22;
    Peer peer = peer(1 << 22, 0);
    schedule.want(new Want.Blocks((1 << 21) + 5, (1 << 21) + 6, true));
    schedule.fill(peer, now, here.contiguous());
    assertThat(peer.orders()).containsExactly(new Peer.Order.Want(1));
    schedule.fill(peer, now, here.contiguous());
    assertThat(peer.orders()).hasSize(1);
  }

  @Test
  void aHigherForkIsAskedForByItsWholeTree() {
    Peer peer = peer(10, 10);
    here.length = 10;
    peer.heard(sync(3, 7));
    schedule.want(all());
    List<Asked> asked = fill(peer);
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().fork()).isEqualTo(3);
    assertThat(asked.getFirst().purpose()).isEqualTo(Asked.Purpose.FORK);
  }

  @Test
  void aHigherForkIsNotAskedForWhereForksAreNotFollowed() {
    here.followsForks = false;
    Peer peer = peer(10, 10);
    peer.heard(sync(3, 7));
    schedule.want(all());
    assertThat(fill(peer)).isEmpty();
  }

  @Test
  void whateverPeersDoAllThatIsWantedArrivesAndTheSameEventsMakeTheSameDecisions() {
    for (int seed = 0; seed < 30; seed++) {
      assertThat(new ScheduleTest().run(new Random(seed)))
          .as("seed " + seed)
          .isEqualTo(new ScheduleTest().run(new Random(seed)));
    }
  }

  /// Lets peers answer, refuse, fall silent and leave at random, and others come.
  private List<Long> run(Random random) {
    int length = 1 + random.nextInt(3000);
    List<Long> order = new ArrayList<>();
    schedule.want(all());
    for (int step = 0; here.blocks.cardinality() < length; step++) {
      assertThat(step).isLessThan(20_000);
      now += random.nextInt(1 + (int) SECOND / 10);
      if (schedule.peers().size() < 3) {
        peer(length, random.nextInt(4) == 0 ? random.nextInt(length) : length);
      }
      Peer peer = schedule.peers().get(random.nextInt(schedule.peers().size()));
      peer.heard(sync(0, length));
      schedule.giveUp(now);
      fill(peer);
      assertThat(peer.asked().size()).isLessThanOrEqualTo(Peer.WINDOW + Schedule.MOST_COPIED);
      act(random, peer, order);
    }
    return order;
  }

  private void act(Random random, Peer peer, List<Long> order) {
    int answers = random.nextInt(50);
    for (Asked asked : List.copyOf(peer.asked().values())) {
      if (answers-- == 0 || !peer.asked().containsKey(asked.id())) {
        break;
      }
      if (random.nextInt(20) == 0) {
        Optional<Asked> taken = schedule.answered(peer, asked.id());
        schedule.lost(taken.orElseThrow());
      } else {
        asked.what().block().ifPresent(order::add);
        answer(asked);
      }
    }
    if (random.nextInt(200) == 0) {
      schedule.left(peer);
    }
  }
}
