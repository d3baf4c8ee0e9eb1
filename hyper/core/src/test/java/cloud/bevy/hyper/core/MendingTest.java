package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was damaged on the disk is fetched again, and takes its place; and what little is
/// remembered about cores has an end.
class MendingTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store here;
  private Store there;
  private Core core;
  private Exchange exchange;

  @BeforeEach
  void open() throws Exception {
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    there = Store.open(world, folder.resolve("there"), StoreLimits.defaults());
    Core writer =
        Corestore.open(world, there, new byte[32])
            .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
    writer.append(Golden.blocks(0, 32)).ticket().await(Exchange.DEADLINE);
    core = Corestore.open(world, here, new byte[32]).remote(writer.key());
    exchange = Exchange.between(writer, core);
    exchange.all();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  /// Changes a byte in the middle of what is stored, wherever it is.
  private void damage(byte[] stored) throws IOException {
    Path segment = folder.resolve("here/segments/0000000001.log");
    byte[] bytes = Files.readAllBytes(segment);
    int at = 0;
    while (!Arrays.equals(stored, 0, stored.length, bytes, at, at + stored.length)) {
      at++;
    }
    bytes[at + stored.length / 2] ^= 1;
    Files.write(segment, bytes);
  }

  private void reopen() {
    here.close();
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    core = Corestore.open(world, here, new byte[32]).remote(core.key());
    exchange = Exchange.between(exchange.from().core(), core);
  }

  @Test
  void aDamagedBlockIsFetchedAgainByWhoReadsIt() throws Exception {
    damage(Golden.block(5));
    assertThat(core.get(5)).isInstanceOf(BlockLookup.Corrupt.class);
    core.attach(new Asking());
    BlockLookup.Found found = (BlockLookup.Found) core.read(5, Exchange.DEADLINE);
    assertThat(found.toArray()).isEqualTo(Golden.block(5));
    assertThat(core.get(5)).isInstanceOf(BlockLookup.Found.class);
  }

  private final class Asking implements Source {
    @Override
    public void want(Want want) {
      if (want instanceof Want.Blocks(long from, long _, boolean _)) {
        try {
          exchange.block(from);
        } catch (MalformedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void cancel(Want want) {}

    @Override
    public CompletionStage<Void> newest() {
      return CompletableFuture.completedFuture(null);
    }
  }

  /// Often, for it depends on what was written together.
  @RepeatedTest(10)
  void aDamagedNodeIsAskedForAgainAndStoredAgain() throws Exception {
    damage(core.tail().stored().orElseThrow().node(9).orElseThrow().hash());
    core.clear(4, 6).await(Exchange.DEADLINE);
    reopen();
    damageLeaves();
    assertThat(core.verify().sound()).isFalse();
    exchange.ask(Exchange.block(4, 1));
    assertThat(exchange.to().missingNodes(9)).isPositive();
    Accepted accepted = exchange.ask(Exchange.block(4, 1 + exchange.to().missingNodes(9)));
    assertThat(accepted.outcomes()).containsExactly(Outcome.TAKEN);
    accepted.ticket().await(Exchange.DEADLINE);
    assertThat(core.verify().damages()).isEmpty();
    assertThat(exchange.to().missingNodes(9)).isZero();
  }

  private void damageLeaves() {
    assertThat(core.tail().stored().orElseThrow().node(9)).isEmpty();
    assertThat(core.tail().stored().orElseThrow().hasNode(9)).isTrue();
  }

  @Test
  void soManyDamagesAreRememberedAndNoMore() {
    Damaged damaged = new Damaged();
    for (long index = 0; index <= Damaged.MOST; index++) {
      damaged.noteBlock(index);
      damaged.noteNode(index);
    }
    assertThat(damaged.hasNode(Damaged.MOST - 1)).isTrue();
    assertThat(damaged.hasNode(Damaged.MOST)).isFalse();
    assertThat(damaged.mendBlock(Damaged.MOST - 1)).isTrue();
    assertThat(damaged.mendBlock(Damaged.MOST - 1)).isFalse();
    assertThat(damaged.mendBlock(Damaged.MOST)).isFalse();
  }

  @Test
  void soManyCutsAreRememberedAndNothingIsCommonWithWhatWasBefore() {
    Cuts cuts = new Cuts();
    long first = cuts.era();
    for (int cut = 0; cut < Cuts.MOST; cut++) {
      cuts.note(100 - cut);
    }
    assertThat(cuts.common(first)).isEqualTo(101 - Cuts.MOST);
    assertThat(cuts.common(cuts.era())).isEqualTo(Long.MAX_VALUE);
    cuts.note(90);
    assertThat(cuts.common(first)).isZero();
    assertThat(cuts.common(first + 1)).isEqualTo(101 - Cuts.MOST);
  }

  @Test
  void soManyNodesAreRememberedAndTheLastAreFound() {
    RecentNodes recent = new RecentNodes();
    byte[] hash = new byte[32];
    for (long index = 0; index < 3L * RecentNodes.MOST; index++) {
      recent.keep(new TreeNode(index, index, hash));
      assertThat(recent.find(index).size()).isEqualTo(index);
    }
    long found = 0;
    for (long index = 0; index < 3L * RecentNodes.MOST; index++) {
      found += recent.find(index) == null ? 0 : 1;
    }
    assertThat(found).isBetween(RecentNodes.MOST / 2L, (long) RecentNodes.MOST);
    recent.clear();
    assertThat(recent.find(3L * RecentNodes.MOST - 1)).isNull();
  }
}
