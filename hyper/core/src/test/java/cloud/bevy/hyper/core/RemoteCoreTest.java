package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.core.Commits.Step;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteCoreTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store here;
  private Store there;
  private Corestore ours;
  private Core writer;
  private int samples;

  @BeforeEach
  void open() {
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    there = Store.open(world, folder.resolve("there"), StoreLimits.defaults());
    ours = Corestore.open(world, here, new byte[32]);
    writer =
        Corestore.open(world, there, new byte[32])
            .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private void write(int from, int to) throws Exception {
    writer.append(Golden.blocks(from, to)).ticket().await(Exchange.DEADLINE);
  }

  @Test
  void aCoreKnownByItsKeyAloneCostsNothingAndLearnsWhoSignsIt() throws Exception {
    write(0, 13);
    Core core = ours.remote(writer.key());
    assertThat(core.knownManifest()).isEmpty();
    assertThat(core.length()).isZero();
    assertThat(core.verify().sound()).isTrue();
    assertThatThrownBy(core::manifest).isInstanceOf(CoreFault.class);
    assertThatThrownBy(() -> core.append(new byte[1])).isInstanceOf(CoreFault.class);
    assertThat(here.find(CoreId.of(core.discoveryKey()))).isEmpty();
    Accepted accepted = Exchange.between(writer, core).upgrade();
    assertThat(accepted.outcomes()).containsExactly(Outcome.TAKEN);
    assertThat(core.appended()).isEqualTo(13);
    accepted.ticket().await(Exchange.DEADLINE);
    assertThat(core.manifest()).isEqualTo(writer.manifest());
    assertThat(core.head()).isEqualTo(writer.head());
    assertThat(ours.remote(writer.key())).isSameAs(core);
    assertThat(core.get(3)).isEqualTo(new BlockLookup.Missing(3));
    assertThat(core.verify()).isEqualTo(new Verification(13, 0, List.of()));
  }

  @Test
  void whileAnUpgradeIsOnItsWayToTheStoreNoMoreLevelsAreAskedForThanTheTreeHas() throws Exception {
    write(0, 13);
    Core core = ours.remote(writer.key());
    Exchange exchange = Exchange.between(writer, core);
    Proof.Message upgrade = exchange.answer(Exchange.upgrade(0, 13));
    List<Long> levels = new ArrayList<>();
    core.commits()
        .inTurn(known -> {
          Acceptance shown =
              new Acceptance(core.identity(), known, new RecentNodes(), core.damaged());
          assertThat(shown.take(List.of(upgrade))).containsExactly(Outcome.TAKEN);
          core.identity().learn(shown.verifier().orElseThrow());
          return core.commits()
              .handOver(
                  new Step(
                      known,
                      Round.accepting(Optional.empty(), shown.extents()),
                      shown.tree(),
                      shown.head(),
                      stored -> {
                        for (long index : new long[] {0, 9, 12, 13}) {
                          levels.add(exchange.to().missingNodes(2 * index));
                        }
                        return shown.batch(stored);
                      }));
        });
    assertThat(levels).containsExactly(3L, 2L, 0L, 0L);
    assertThat(exchange.block(12).outcomes()).containsExactly(Outcome.TAKEN);
  }

  @Test
  void whatWasAcceptedIsThereAfterTheStoreWasOpenedAgain() throws Exception {
    write(0, 40);
    Exchange exchange = Exchange.between(writer, ours.remote(writer.key()));
    exchange.upgrade();
    for (long index : new long[] {3, 39, 17}) {
      exchange.block(index).ticket().await(Exchange.DEADLINE);
    }
    here.close();
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    Core again = Corestore.open(world, here, new byte[32]).remote(writer.key());
    assertThat(again.knownManifest()).contains(writer.manifest());
    assertThat(again.head()).isEqualTo(writer.head());
    assertThat(again.verify()).isEqualTo(new Verification(40, 3, List.of()));
    assertThat(((BlockLookup.Found) again.getVerified(17)).toArray()).isEqualTo(Golden.block(17));
    Exchange.between(writer, again).all();
    assertThat(again.verify()).isEqualTo(new Verification(40, 40, List.of()));
  }

  @Test
  void randomDownloadsInRandomOrderEndInTheSameTreeAndBlocks() throws Exception {
    for (int round = 0; round < 8; round++) {
      Random random = new Random(round);
      close();
      folder = folder.resolve("round" + round);
      open();
      Core core = ours.remote(writer.key());
      Exchange exchange = Exchange.between(writer, core);
      for (int step = 0; step < 4; step++) {
        write((int) writer.length(), (int) writer.length() + 1 + random.nextInt(60));
        downloadSome(exchange, random);
      }
      exchange.all();
      assertSame(core);
    }
  }

  private void downloadSome(Exchange exchange, Random random) throws Exception {
    long length = exchange.to().tip().length();
    long more = writer.length() - length;
    if (random.nextInt(5) > 0) {
      exchange.ask(Exchange.upgrade(length, 1 + random.nextLong(more)));
    }
    List<Proof.Message> answers = new ArrayList<>();
    for (int ask = 0; ask < 20 && exchange.to().tip().length() > 0; ask++) {
      long index = random.nextLong(exchange.to().tip().length());
      answers.add(exchange.answer(request(exchange.to(), index, random)));
      if (random.nextInt(3) == 0) {
        Collections.shuffle(answers, random);
        assertThat(exchange.to().accept(answers).outcomes()).doesNotContain(Outcome.STALE);
        answers.clear();
      }
    }
  }

  private static Proof.Request request(Replica to, long index, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Exchange.hash(2 * index, to.missingNodes(2 * index));
      case 1 -> Exchange.block(index, to.missingNodes(2 * index));
      default -> Exchange.block(index, Math.min(to.missingNodes(2 * index) + 1, levels(to, index)));
    };
  }

  private static long levels(Replica to, long index) {
    long levels = 0;
    long end = 2 * to.tip().length();
    for (long at = FlatTree.parent(2 * index);
        !FlatTree.contains(at, end);
        at = FlatTree.parent(at)) {
      levels++;
    }
    return levels;
  }

  private void assertSame(Core core) {
    assertThat(core.head()).isEqualTo(writer.head());
    assertThat(core.verify())
        .isEqualTo(new Verification(writer.length(), writer.length(), List.of()));
    assertThat(core.replica().contiguous()).isEqualTo(writer.length());
    for (long index = 0; index < writer.length(); index++) {
      assertThat(((BlockLookup.Found) core.get(index)).toArray())
          .isEqualTo(((BlockLookup.Found) writer.get(index)).toArray());
      for (long node = 2 * index; node < 2 * index + 2; node++) {
        assertThat(core.tail().stored().orElseThrow().node(node))
            .isEqualTo(writer.tail().stored().orElseThrow().node(node));
      }
    }
  }

  @Test
  void proofsOfJavaScriptAreAccepted() throws Exception {
    write(0, 13);
    for (JsonNode sample : Golden.hypercore().at("/singleSigner/proofs")) {
      Proof.Message message = Decoder.whole(Golden.bytes(sample.get("dataMessage")), Proof::read);
      Core core = ours.remote(writer.key());
      long known = message.proof().upgrade().map(Proof.Upgrade::start).orElse(13L);
      if (known > 0) {
        begin((int) known);
      } else {
        message = new Proof.Message(1, message.proof(), writer.knownManifest());
      }
      Accepted accepted = core.replica().accept(List.of(message));
      assertThat(accepted.outcomes()).as(sample.get("name").asText()).containsOnly(Outcome.TAKEN);
      accepted.ticket().await(Exchange.DEADLINE);
      assertThat(core.verify().damages()).as(sample.get("name").asText()).isEmpty();
      assertThat(core.length()).isEqualTo(13);
      core.drop().await(Exchange.DEADLINE);
    }
  }

  /// Has the core here be one of the first blocks only.
  private void begin(int length) throws Exception {
    Path third = folder.resolve("of " + length + " for " + samples++);
    try (Store store = Store.open(world, third, StoreLimits.defaults())) {
      Core shorter =
          Corestore.open(world, store, new byte[32])
              .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
      shorter.append(Golden.blocks(0, length)).ticket().await(Exchange.DEADLINE);
      Exchange.between(shorter, ours.remote(writer.key())).all();
    }
  }

  @Test
  void additionalNodesMakeTheCoreAsLongAsWhatWasSigned() throws Exception {
    write(0, 29);
    Core core = ours.remote(writer.key());
    Exchange.between(writer, core).ask(Exchange.upgrade(0, 5)).ticket().await(Exchange.DEADLINE);
    assertThat(core.head()).isEqualTo(writer.head());
  }

  @Test
  void aProofForAnotherLengthOrForkIsStale() throws Exception {
    write(0, 10);
    Exchange exchange = Exchange.between(writer, ours.remote(writer.key()));
    Proof.Message whole = exchange.answer(Exchange.upgrade(0, 10));
    exchange.to().accept(List.of(whole));
    write(10, 20);
    Proof.Message late = exchange.answer(Exchange.upgrade(10, 5));
    assertThat(exchange.to().accept(List.of(late, late)).outcomes())
        .containsExactly(Outcome.TAKEN, Outcome.STALE);
    assertThat(exchange.to().accept(List.of(whole)).outcomes()).containsExactly(Outcome.STALE);
    writer.truncate(15).await(Exchange.DEADLINE);
    assertThat(exchange.block(3).outcomes()).containsExactly(Outcome.STALE);
    assertThat(exchange.to().core().appended()).isEqualTo(20);
  }

  @Test
  void aCoreWithAPrologueIsTakenFromJavaScript() throws Exception {
    JsonNode chain = Golden.hypercore().get("prologueChain");
    Core core = ours.remote(Golden.bytes(chain.get("key")));
    Proof.Message message = Decoder.whole(Golden.bytes(chain.get("upgradeFrom0")), Proof::read);
    Accepted accepted = core.replica().accept(List.of(message));
    assertThat(accepted.outcomes()).containsExactly(Outcome.TAKEN);
    accepted.ticket().await(Exchange.DEADLINE);
    assertThat(core.length()).isEqualTo(6);
    assertThat(core.manifest().prologue().orElseThrow().length()).isEqualTo(5);
    assertThat(Golden.hex(core.rootHash())).isEqualTo(chain.at("/length6/treeHash").asText());
    assertThat(core.verify().sound()).isTrue();
  }

  @Test
  void aCoreOfTheOldKindNeedsNoManifestAndTakesNoneThatIsOdd() throws Exception {
    JsonNode old = Golden.hypercore().get("compat");
    byte[] key = Golden.bytes(old.get("key"));
    Manifest odd =
        Manifest.of(0, new Manifest.Signer(new byte[32], key))
            .withPrologue(new Manifest.Prologue(new byte[32], 7));
    for (Optional<Manifest> told : List.of(Optional.<Manifest>empty(), Optional.of(odd))) {
      Core core = Corestore.open(world, here, new byte[32]).remote(key);
      Proof.Upgrade upgrade =
          new Proof.Upgrade(
              0, 3, Golden.tree(3).roots(), List.of(), Golden.bytes(old.get("signature")));
      Proof proof =
          new Proof(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(upgrade));
      core.replica()
          .accept(List.of(new Proof.Message(1, proof, told)))
          .ticket()
          .await(Exchange.DEADLINE);
      assertThat(core.length()).isEqualTo(3);
      assertThat(core.manifest()).isEqualTo(Manifest.ofOldKind(key));
      assertThat(core.verify().sound()).isTrue();
      core.drop().await(Exchange.DEADLINE);
    }
  }

  @Test
  void aProofThatLeadsNowhereIsStaleAndLeavesNothing() throws Exception {
    write(0, 32);
    Exchange exchange = Exchange.between(writer, ours.remote(writer.key()));
    exchange.upgrade().ticket().await(Exchange.DEADLINE);
    long batches = here.statistics().batches();
    assertThat(exchange.ask(Exchange.block(3, 2)).outcomes()).containsExactly(Outcome.STALE);
    assertThat(exchange.to().has(3)).isFalse();
    assertThat(here.statistics().batches()).isEqualTo(batches);
  }

  @Test
  void oneFalseProofAndNothingIsStored() throws Exception {
    write(0, 32);
    Exchange exchange = Exchange.between(writer, ours.remote(writer.key()));
    exchange.upgrade().ticket().await(Exchange.DEADLINE);
    Proof.Message good = exchange.answer(Exchange.block(3, exchange.to().missingNodes(6)));
    Proof.Block block = good.proof().block().orElseThrow();
    Proof.Message bad =
        new Proof.Message(
            1,
            new Proof(
                0,
                Optional.of(new Proof.Block(4, block.bytes(), block.nodes())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty());
    assertThatThrownBy(() -> exchange.to().accept(List.of(good, bad)))
        .isInstanceOf(MalformedException.class);
    assertThat(exchange.to().has(3)).isFalse();
    assertThat(exchange.to().accept(List.of(good)).outcomes()).containsExactly(Outcome.TAKEN);
    assertThat(exchange.to().has(3)).isTrue();
    assertThat(exchange.to().core().verify().sound()).isTrue();
  }
}
