package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cores that were truncated where they are signed, and cores that were signed twice.
class ForkTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store here;
  private Store there;
  private Core core;
  private Core writer;
  private int rounds;

  @BeforeEach
  void open() {
    Path own = folder.resolve("round" + rounds++);
    here = Store.open(world, own.resolve("here"), StoreLimits.defaults());
    there = Store.open(world, own.resolve("there"), StoreLimits.defaults());
    writer = written(there);
    core = Corestore.open(world, here, new byte[32]).remote(writer.key());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private void reopen() {
    close();
    rounds--;
    open();
  }

  private Core written(Store store) {
    return Corestore.open(world, store, new byte[32])
        .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
  }

  private void write(int from, int to) throws Exception {
    writer.append(Golden.blocks(from, to)).ticket().await(Exchange.DEADLINE);
  }

  @Test
  void aTruncationIsFollowedAndWhatBothForksHaveIsKept() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int length = 1 + random.nextInt(120);
      int cut = random.nextInt(length + 1);
      int more = random.nextInt(60);
      write(0, length);
      Exchange exchange = Exchange.between(writer, core);
      exchange.all();
      writer.truncate(cut).await(Exchange.DEADLINE);
      if (more > 0) {
        write(1000, 1000 + more);
      }
      if (writer.length() > 0) {
        Accepted accepted = exchange.follow();
        assertThat(accepted.outcomes()).containsExactly(Outcome.TAKEN);
        accepted.ticket().await(Exchange.DEADLINE);
        assertThat(core.head()).isEqualTo(writer.head());
        assertThat(core.verify())
            .as("of %s cut at %s and %s more", length, cut, more)
            .isEqualTo(new Verification(cut + more, cut, List.of()));
        assertThat(core.replica().contiguous()).isEqualTo(cut);
        exchange.all();
        assertThat(core.verify().present()).isEqualTo(cut + more);
      }
      close();
      open();
    }
  }

  @Test
  void aForkMayBeFollowedBeforeAllIsKnown() throws Exception {
    write(0, 100);
    Exchange exchange = Exchange.between(writer, core);
    exchange.all();
    writer.truncate(70).await(Exchange.DEADLINE);
    write(500, 510);
    Reorganisation fork = exchange.to().reorganise(exchange.answer(Exchange.upgrade(0, 80)));
    assertThat(fork.fork()).isEqualTo(1);
    assertThat(fork.common()).isEqualTo(64);
    fork.apply().ticket().await(Exchange.DEADLINE);
    assertThat(core.verify()).isEqualTo(new Verification(80, 64, List.of()));
  }

  @Test
  void aForkThatOvertakesAnotherMakesItStale() throws Exception {
    write(0, 20);
    Exchange exchange = Exchange.between(writer, core);
    exchange.all();
    writer.truncate(10).await(Exchange.DEADLINE);
    Reorganisation first = exchange.to().reorganise(exchange.answer(Exchange.upgrade(0, 10)));
    writer.truncate(5).await(Exchange.DEADLINE);
    exchange.follow().ticket().await(Exchange.DEADLINE);
    assertThat(first.apply().outcomes()).containsExactly(Outcome.STALE);
    assertThat(core.fork()).isEqualTo(2);
    assertThat(core.length()).isEqualTo(5);
  }

  @Test
  void aCoreOfWhichNothingIsHereTakesAnyFork() throws Exception {
    write(0, 20);
    writer.truncate(10).await(Exchange.DEADLINE);
    Exchange exchange = Exchange.between(writer, core);
    assertThat(exchange.upgrade().outcomes()).containsExactly(Outcome.TAKEN);
    exchange.all();
    assertThat(core.head()).isEqualTo(writer.head());
  }

  @Test
  void aForkThatIsNotHigherOrNotSignedIsRefused() throws Exception {
    write(0, 20);
    Exchange exchange = Exchange.between(writer, core);
    exchange.all();
    Proof.Message same = exchange.answer(Exchange.upgrade(0, 20));
    assertThatThrownBy(() -> exchange.to().reorganise(same)).isInstanceOf(MalformedException.class);
    Proof it = same.proof();
    Proof higher = new Proof(1, it.block(), it.hash(), it.seek(), it.upgrade());
    assertThatThrownBy(
            () -> exchange.to().reorganise(new Proof.Message(1, higher, same.manifest())))
        .isInstanceOf(MalformedException.class);
    assertThat(core.fork()).isZero();
  }

  @Test
  void aFalseAnswerOnTheWayIsRefused() throws Exception {
    write(0, 100);
    Exchange exchange = Exchange.between(writer, core);
    exchange.all();
    Proof.Message old = exchange.answer(Exchange.hash(128, 5));
    writer.truncate(70).await(Exchange.DEADLINE);
    write(500, 530);
    Reorganisation fork = exchange.to().reorganise(exchange.answer(Exchange.upgrade(0, 100)));
    Proof it = old.proof();
    Proof forged = new Proof(1, it.block(), it.hash(), it.seek(), it.upgrade());
    assertThatThrownBy(() -> fork.answer(new Proof.Message(1, forged, old.manifest())))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> fork.answer(old)).isInstanceOf(MalformedException.class);
  }

  @Test
  void whetherForksAreFollowedIsSaid() throws Exception {
    write(0, 5);
    Exchange.between(writer, core).all();
    assertThat(core.replica().followsForks()).isTrue();
    assertThat(writer.replica().followsForks()).isFalse();
    assertThat(core.followForks(false).replica().followsForks()).isFalse();
  }

  @Test
  void twoHistoriesUnderOneForkFreezeTheCore() throws Exception {
    write(0, 20);
    Exchange.between(writer, core).all();
    try (Store other = Store.open(world, folder.resolve("other"), StoreLimits.defaults())) {
      Core second = written(other);
      second.append(Golden.blocks(0, 10)).ticket().await(Exchange.DEADLINE);
      second.append(Golden.blocks(50, 70)).ticket().await(Exchange.DEADLINE);
      Exchange liar = Exchange.between(second, core);
      assertThatThrownBy(liar::upgrade).isInstanceOf(MalformedException.class);
      assertThat(liar.ask(Exchange.upgrade(0, 10)).outcomes()).containsExactly(Outcome.STALE);
      assertConflict(liar);
      assertConflict(Exchange.between(second, writer));
      assertThatThrownBy(() -> writer.append(new byte[1])).isInstanceOf(CoreFault.class);
      assertThat(core.get(7)).isInstanceOf(BlockLookup.Found.class);
    }
  }

  @Test
  void aFrozenCoreIsStillFrozenWhenItIsOpenedAgain() throws Exception {
    write(0, 20);
    Exchange.between(writer, core).all();
    try (Store other = Store.open(world, folder.resolve("other"), StoreLimits.defaults())) {
      Core second = written(other);
      second.append(Golden.blocks(0, 10)).ticket().await(Exchange.DEADLINE);
      second.append(Golden.blocks(50, 70)).ticket().await(Exchange.DEADLINE);
      assertConflict(Exchange.between(second, core));
      assertConflict(Exchange.between(second, writer));
      reopen();
      assertThat(core.replica().conflict()).isPresent();
      assertConflict(Exchange.between(second, core));
      assertConflict(Exchange.between(second, writer));
    }
    assertThatThrownBy(() -> writer.append(new byte[1])).isInstanceOf(CoreFault.class);
    assertThat(core.get(7)).isInstanceOf(BlockLookup.Found.class);
    assertThat(core.verify().sound()).isTrue();
    core.drop().await(Exchange.DEADLINE);
    reopen();
    assertThat(core.replica().conflict()).as("of a core that was dropped").isEmpty();
  }

  private static void assertConflict(Exchange liar) throws Exception {
    for (int turn = 0; turn < 2; turn++) {
      assertThatThrownBy(() -> liar.ask(Exchange.upgrade(0, 20)))
          .isInstanceOfSatisfying(
              CoreFault.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(CoreFault.Kind.CONFLICT);
                assertThat(fault.evidence()).hasSize(2);
              });
    }
  }
}
