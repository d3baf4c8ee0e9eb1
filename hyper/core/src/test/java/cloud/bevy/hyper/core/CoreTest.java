package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.StoredCore;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store store;
  private Corestore cores;

  @BeforeEach
  void open() {
    store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    cores = Corestore.open(world, store, new byte[32]);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    close();
    open();
  }

  private Core golden() {
    return cores.core(Golden.pair(1), Manifest.single(Golden.pair(1)));
  }

  @Test
  void aCoreCostsNothingUntilItsFirstAppend() throws Exception {
    Core core = cores.core("notes");
    assertThat(core.writable()).isTrue();
    assertThat(core.length()).isZero();
    assertThat(store.find(CoreId.of(core.discoveryKey()))).isEmpty();
    assertThat(store.statistics().batches()).isZero();
    core.append(new byte[] {1}).ticket().await(DEADLINE);
    assertThat(store.find(CoreId.of(core.discoveryKey()))).isPresent();
  }

  @Test
  void whatIsLeftGoesToTheStoreWithWhatIsBehindIt() throws Exception {
    Core bytes = cores.core("bytes");
    Core entries = cores.core("entries");
    Append left = bytes.leave(bytes.given(Golden.blocks(0, 3)));
    assertThat(store.statistics().batches()).isZero();
    assertThat(bytes.get(2)).isInstanceOf(BlockLookup.Found.class);

    Append behind = entries.give(0, Golden.blocks(3, 4), List.of(left.handover()));
    behind.ticket().await(DEADLINE);
    left.ticket().await(DEADLINE);
    assertThat(store.statistics().batches()).isEqualTo(2);
    reopen();
    assertThat(cores.core("bytes").length()).isEqualTo(3);
    assertThat(cores.core("entries").length()).isEqualTo(1);
  }

  @Test
  void whatIsLeftGoesWithTheNextAppendOfItsCore() throws Exception {
    Core core = golden();
    Append left = core.leave(core.given(Golden.blocks(0, 1)));
    core.append(Golden.blocks(1, 2));
    left.ticket().await(DEADLINE);
    assertThat(core.length()).isEqualTo(2);
  }

  @Test
  void whatIsLeftCanBePushed() throws Exception {
    Core core = golden();
    Append left = core.leave(core.given(Golden.blocks(0, 1)));
    left.handover().push();
    left.ticket().await(DEADLINE);
    left.handover().push();
    assertThat(store.statistics().batches()).isEqualTo(1);
  }

  @Test
  void nothingIsStoredBehindWhatTheStoreDidNotTake() throws Exception {
    Core bytes = cores.core("bytes");
    Core entries = cores.core("entries");
    Append left = bytes.leave(bytes.given(Golden.blocks(0, 1)));
    store.close();
    Append behind = entries.give(0, Golden.blocks(3, 4), List.of(left.handover()));
    assertThatThrownBy(() -> behind.ticket().await(DEADLINE)).isInstanceOf(StoreFault.class);
    assertThatThrownBy(() -> left.ticket().await(DEADLINE)).isInstanceOf(StoreFault.class);
  }

  @Test
  void whatWasAppendedIsReadBack() throws Exception {
    Append append = golden().append(Golden.blocks(0, 50));
    assertThat(append.start()).isZero();
    assertThat(append.length()).isEqualTo(50);
    append.ticket().await(DEADLINE);
    assertHas(golden(), Golden.blocks(0, 50));
    reopen();
    assertHas(golden(), Golden.blocks(0, 50));
    assertThat(golden().verify()).isEqualTo(new Verification(50, 50, List.of()));
  }

  @Test
  void aBlockNobodyAppendedIsMissing() throws Exception {
    Core core = golden();
    assertThat(core.get(0)).isEqualTo(new BlockLookup.Missing(0));
    core.append(Golden.block(0)).ticket().await(DEADLINE);
    assertThat(core.get(1)).isEqualTo(new BlockLookup.Missing(1));
    assertThat(core.get(-1)).isEqualTo(new BlockLookup.Missing(-1));
    assertThat(core.has(0)).isTrue();
    assertThat(core.has(1)).isFalse();
  }

  @Test
  void everyHeadIsByteForByteThatOfJavaScript() throws Exception {
    Core core = golden();
    JsonNode single = Golden.hypercore().get("singleSigner");
    assertThat(hex(core.key())).isEqualTo(single.get("key").asText());
    assertThat(hex(core.discoveryKey())).isEqualTo(single.get("discoveryKey").asText());
    for (JsonNode sample : single.get("lengths")) {
      core.append(Golden.block(sample.get("length").asInt() - 1)).ticket().await(DEADLINE);
      assertHead(core, sample, 0);
      assertThat(core.byteLength()).isEqualTo(sample.get("byteLength").asLong());
    }
    core.truncate(7).await(DEADLINE);
    assertHead(core, Golden.hypercore().get("truncated"), 1);
    core.append("after fork".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(core.appended()).isEqualTo(8);
  }

  @Test
  void aBatchEndsWhereOneByOneEnds() throws Exception {
    Core core = cores.core(Golden.pair(2), Manifest.single(Golden.pair(2)));
    for (JsonNode mark : Golden.hypercore().at("/lengths1000/marks")) {
      List<byte[]> more = Golden.blocks((int) core.length(), mark.get("length").asInt());
      core.append(more).ticket().await(DEADLINE);
      assertHead(core, mark, 0);
    }
  }

  @Test
  void aTruncationIsDurableAndRaisesTheFork() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 20));
    core.truncate(9).await(DEADLINE);
    core.truncate(9, 5).await(DEADLINE);
    reopen();
    assertHas(golden(), Golden.blocks(0, 9));
    assertThat(golden().fork()).isEqualTo(5);
    assertThat(golden().get(9)).isInstanceOf(BlockLookup.Missing.class);
    assertThat(golden().verify().sound()).isTrue();
    golden().append(Golden.blocks(9, 30)).ticket().await(DEADLINE);
    assertHas(golden(), Golden.blocks(0, 30));
    assertThat(golden().verify().sound()).isTrue();
  }

  @Test
  void aCutBeyondTheEndOrToAnOldForkIsRefused() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 3)).ticket().await(DEADLINE);
    assertThatThrownBy(() -> core.truncate(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> core.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
    core.truncate(3, 7).await(DEADLINE);
    assertThatThrownBy(() -> core.truncate(2, 7)).isInstanceOf(IllegalArgumentException.class);
    assertThat(core.length()).isEqualTo(3);
  }

  @Test
  void blocksAreCopiedInAndNotLeakedOut() throws Exception {
    byte[] block = {1, 2, 3};
    Core core = golden();
    Append append = core.append(block);
    block[0] = 9;
    append.ticket().await(DEADLINE);
    found(core, 0)[1] = 9;
    assertThat(found(core, 0)).containsExactly(1, 2, 3);
  }

  @Test
  void anAppendIsAsLargeAsAllowedAndNotLarger() throws Exception {
    Core core = golden();
    core.append(new byte[Core.MAXIMUM_BLOCK]).ticket().await(DEADLINE);
    List<byte[]> most = Collections.nCopies(Core.MOST_BLOCKS, new byte[0]);
    core.append(most).ticket().await(DEADLINE);
    List<byte[]> more = Collections.nCopies(Core.MOST_BLOCKS + 1, new byte[0]);
    byte[] large = new byte[Core.MAXIMUM_BLOCK];
    List<byte[]> heavy = new ArrayList<>(Collections.nCopies(8, large));
    heavy.add(new byte[(int) (Core.MOST_BYTES - 8L * Core.MAXIMUM_BLOCK) + 1]);
    assertRefused(core, List.of(new byte[Core.MAXIMUM_BLOCK + 1]));
    assertRefused(core, more);
    assertRefused(core, heavy);
    assertRefused(core, List.of());
    assertThat(core.appended()).isEqualTo(1 + Core.MOST_BLOCKS);
  }

  @Test
  void aCoreIsFoundByItsKeyAndOnlyItsSignerWrites() throws Exception {
    byte[] key = golden().key();
    assertThat(cores.find(key)).as("nothing was appended").isPresent();
    golden().append(Golden.blocks(0, 3)).ticket().await(DEADLINE);
    reopen();
    Core found = cores.find(key).orElseThrow();
    assertHas(found, Golden.blocks(0, 3));
    assertThat(found.manifest()).isEqualTo(Manifest.single(Golden.pair(1)));
    assertThat(cores.discover(found.discoveryKey())).containsSame(found);
    assertThat(found.writable()).isFalse();
    assertThatThrownBy(() -> found.append(new byte[1])).isInstanceOf(CoreFault.class);
    assertThatThrownBy(() -> found.truncate(1)).isInstanceOf(CoreFault.class);
    assertThat(golden()).isSameAs(found);
    assertThat(found.writable()).isTrue();
    assertThat(cores.find(new byte[32])).isEmpty();
  }

  @Test
  void oneOfSeveralSignersDoesNotWriteAlone() {
    Manifest quorum =
        Manifest.of(2, Manifest.Signer.of(Golden.pair(1)), Manifest.Signer.of(Golden.pair(2)));
    assertThat(cores.core(Golden.pair(1), quorum).writable()).isFalse();
  }

  @Test
  void aPrologueIsWhatItsManifestSaysAndNothingElse() throws Exception {
    Manifest manifest =
        Manifest.decode(Golden.bytes(Golden.hypercore().at("/prologueChain/manifest")));
    Prologue prologue = manifest.prologue().orElseThrow();
    Core chained = cores.core(Golden.pair(2), manifest);
    assertRefused(chained, Golden.blocks(0, 4));
    assertRefused(chained, Golden.blocks(1, 6));
    chained.append(Golden.blocks(0, 5)).ticket().await(DEADLINE);
    assertThat(chained.head().signature()).isEmpty();
    assertThat(chained.rootHash()).isEqualTo(prologue.hash());
    assertThat(chained.verify().sound()).isTrue();
    chained.append(Golden.block(5)).ticket().await(DEADLINE);
    assertThat(hex(chained.head().signature()))
        .isEqualTo(Golden.hypercore().at("/prologueChain/length6/signature").asText());
    assertThatThrownBy(() -> chained.truncate(4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCoreWithoutASignerHoldsItsPrologue() throws Exception {
    Manifest unsigned = Manifest.of(0).withPrologue(new Prologue(Golden.tree(5).hash(), 5));
    Core core = cores.core(unsigned);
    assertThatThrownBy(() -> core.append(Golden.blocks(0, 6))).isInstanceOf(CoreFault.class);
    core.append(Golden.blocks(0, 5)).ticket().await(DEADLINE);
    assertThat(core.verify().sound()).isTrue();
  }

  @Test
  void whatIsClearedIsMissingAndTheTreeStaysWhole() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 10));
    core.clear(2, 5).await(DEADLINE);
    assertThat(core.get(2)).isEqualTo(new BlockLookup.Missing(2));
    assertThat(core.get(5)).isInstanceOf(BlockLookup.Found.class);
    assertThat(core.verify()).isEqualTo(new Verification(10, 7, List.of()));
    cores.core("never written").clear(0, 5).await(DEADLINE);
  }

  @Test
  void aDroppedCoreIsGoneAndMayBeginAgain() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 10));
    core.drop().await(DEADLINE);
    assertThat(core.length()).isZero();
    assertThat(core.appended()).isZero();
    assertThat(core.get(0)).isEqualTo(new BlockLookup.Missing(0));
    core.append(Golden.block(4)).ticket().await(DEADLINE);
    assertHas(core, List.of(Golden.block(4)));
    cores.core("never written").drop().await(DEADLINE);
  }

  @Test
  void aBlockIsCheckedAgainstTheSignedTreeOnDemand() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 21)).ticket().await(DEADLINE);
    for (int index = 0; index < 21; index++) {
      assertThat(((BlockLookup.Found) core.getVerified(index)).toArray())
          .isEqualTo(Golden.block(index));
    }
    assertThat(core.getVerified(21)).isEqualTo(new BlockLookup.Missing(21));
  }

  @Test
  void aBlockThatWasExchangedIsNoticed() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 21)).ticket().await(DEADLINE);
    StoredCore stored = store.find(CoreId.of(core.discoveryKey())).orElseThrow();
    store
        .submit(
            new Batch().clear(stored, 5, 6).block(stored, 5, java.nio.ByteBuffer.wrap(new byte[3])))
        .await(DEADLINE);
    assertThat(core.getVerified(5)).isInstanceOf(BlockLookup.Corrupt.class);
    assertThat(core.verify().damages())
        .contains(new Verification.Damage.Block(5, "it is not the one that was appended"));
  }

  @Test
  void aSignatureThatCoversSomethingElseIsNoticed() throws Exception {
    Core core = golden();
    core.append(Golden.blocks(0, 4)).ticket().await(DEADLINE);
    StoredCore stored = store.find(CoreId.of(core.discoveryKey())).orElseThrow();
    Head head = core.head();
    Head forged = new Head(head.length(), head.byteLength(), 9, head.rootHash(), head.signature());
    store.submit(new Batch().head(stored, forged)).await(DEADLINE);
    reopen();
    assertThat(golden().verify().damages())
        .containsExactly(new Verification.Damage.Signature("no signature covers what is there"));
  }

  @Test
  void aCoreUnderAnothersNameIsRefused() throws Exception {
    CoreHeader header = new CoreHeader(golden().key(), golden().manifest());
    StoredCore stored = store.create(CoreId.of(new byte[32]), header.encode());
    store.submit(new Batch().head(stored, Head.empty())).await(DEADLINE);
    assertThatThrownBy(() -> cores.discover(new byte[32]))
        .isInstanceOfSatisfying(
            CoreFault.class, fault -> assertThat(fault.kind()).isEqualTo(CoreFault.Kind.FOREIGN));
  }

  private static void assertHead(Core core, JsonNode sample, long fork) {
    Head head = core.head();
    assertThat(hex(head.rootHash())).isEqualTo(sample.get("treeHash").asText());
    assertThat(hex(core.rootHash())).isEqualTo(sample.get("treeHash").asText());
    assertThat(hex(head.signature())).isEqualTo(sample.get("signature").asText());
    assertThat(core.fork()).isEqualTo(fork);
  }

  private static void assertRefused(Core core, List<byte[]> blocks) {
    assertThatThrownBy(() -> core.append(blocks)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertHas(Core core, List<byte[]> blocks) {
    assertThat(core.length()).isEqualTo(blocks.size());
    for (int index = 0; index < blocks.size(); index++) {
      assertThat(found(core, index)).isEqualTo(blocks.get(index));
    }
  }

  private static byte[] found(Core core, long index) {
    return ((BlockLookup.Found) core.get(index)).toArray();
  }
}
