package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BeeTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final World world = RealWorld.create((_, _) -> {});
  private final NodeCache cache = new NodeCache(1 << 20);
  private Store store;
  private Corestore cores;
  private Core core;
  private Bee bee;

  @BeforeEach
  void open(@TempDir Path folder) {
    store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    cores = Corestore.open(world, store, new byte[32]);
    core = cores.core("bee");
    bee = Bee.on(world, core, cache);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aThousandPutsAndDeletesMakeTheTreeOfHyperbee() throws Exception {
    JsonNode large = TreeVectorsTest.read("/hyperbee.json").get("large");
    int next = 7;
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      next = (next * 37 + 11) % 1009;
      keys.add("key%05d".formatted(next));
      await(bee.put(bytes(keys.get(i)), bytes("value" + i)));
      for (JsonNode mark : large.get("marks")) {
        if (core.length() == mark.get("length").asLong()) {
          assertThat(HexFormat.of().formatHex(core.rootHash()))
              .isEqualTo(mark.get("treeHash").asText());
        }
      }
    }
    for (int i = 0; i < 1000; i += 3) {
      await(bee.delete(bytes(keys.get(i))));
    }
    JsonNode end = large.get("afterDeletes");
    assertThat(core.length()).isEqualTo(end.get("length").asLong());
    assertThat(HexFormat.of().formatHex(core.rootHash())).isEqualTo(end.get("treeHash").asText());
    checkReads(large);
    assertThat(bee.verify().problems()).isEmpty();
  }

  private void checkReads(JsonNode large) {
    List<String> reverse = texts(bee.now().range(Range.all().reverse().limit(3)));
    List<String> expected = new ArrayList<>();
    large.get("reverse3").forEach(e -> expected.add(e.get(0).asText() + "=" + e.get(1).asText()));
    assertThat(reverse).isEqualTo(expected);
    Iterator<BeeChange> history = bee.history(History.all().reverse());
    for (JsonNode change : large.get("historyReverse2")) {
      BeeChange found = history.next();
      assertThat(found.kind()).isEqualTo(BeeChange.Kind.DELETE);
      assertThat(found.entry().sequence()).isEqualTo(change.get(1).asLong());
      assertThat(new String(found.entry().key(), UTF_8)).isEqualTo(change.get(2).asText());
    }
    long version = bee.version();
    Iterator<BeeDifference> differences = bee.differences(version - 4, version, Range.all());
    for (JsonNode difference : large.get("diffLast4")) {
      BeeDifference found = differences.next();
      assertThat(found.after()).isEmpty();
      assertThat(new String(found.before().orElseThrow().key(), UTF_8))
          .isEqualTo(difference.get(1).asText());
    }
    assertThat(differences.hasNext()).isFalse();
  }

  @Test
  void nothingIsOnTheDiskBeforeTheFirstChange() throws Exception {
    assertThat(bee.now().get(bytes("a"))).isEmpty();
    assertThat(bee.now().range(Range.all()).hasNext()).isFalse();
    await(bee.delete(bytes("a")));
    try (BeeBatch batch = bee.batch()) {
      batch.put(bytes("a"), bytes("1"));
    }
    assertThat(bee.version()).isEqualTo(1);
    assertThat(core.appended()).isZero();
    assertThat(store.cores()).isEmpty();
  }

  @Test
  void aBatchSeesItsOwnChangesAndOthersDoNot() throws Exception {
    await(bee.put(bytes("a"), bytes("1")));
    try (BeeBatch batch = bee.batch()) {
      batch.put(bytes("b"), bytes("2"));
      batch.delete(bytes("a"));
      assertThat(texts(batch.range(Range.all()))).containsExactly("b=2");
      assertThat(batch.get(bytes("a"))).isEmpty();
      assertThat(texts(bee.now().range(Range.all()))).containsExactly("a=1");
      await(batch.commit());
    }
    assertThat(texts(bee.now().range(Range.all()))).containsExactly("b=2");
  }

  @Test
  void aClosedBatchIsForgottenAndTheNextWriterGoesOn() throws Exception {
    try (BeeBatch batch = bee.batch()) {
      batch.put(bytes("a"), bytes("1"));
    }
    await(bee.put(bytes("b"), bytes("2")));
    assertThat(texts(bee.now().range(Range.all()))).containsExactly("b=2");
    BeeBatch batch = bee.batch();
    batch.close();
    assertThatThrownBy(() -> batch.put(bytes("a"), bytes("1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(batch::commit).isInstanceOf(IllegalStateException.class);
    await(bee.put(bytes("c"), bytes("3")));
  }

  @Test
  void writersBuildOnWhatIsNotYetDurable() throws Exception {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tickets.add(bee.put(bytes("k" + i % 100), bytes("v" + i)));
    }
    for (Ticket ticket : tickets) {
      await(ticket);
    }
    assertThat(bee.version()).isEqualTo(501);
    assertThat(bee.now().get(bytes("k7")).orElseThrow().value()).isEqualTo(bytes("v407"));
    assertThat(bee.verify().sound()).isTrue();
  }

  @Test
  void anEmptyCommitWaitsForWhatTheBatchCouldSee() throws Exception {
    Ticket put = bee.put(bytes("a"), bytes("1"));
    try (BeeBatch batch = bee.batch()) {
      assertThat(batch.get(bytes("a"))).isPresent();
      await(batch.commit());
    }
    assertThat(put.durable()).isTrue();
  }

  @Test
  void olderVersionsAreAsTheyWere() throws Exception {
    await(bee.put(bytes("a"), bytes("1")));
    long before = bee.version();
    await(bee.put(bytes("a"), bytes("2")));
    await(bee.put(bytes("b"), bytes("3")));
    assertThat(texts(bee.at(before).range(Range.all()))).containsExactly("a=1");
    assertThat(texts(bee.at(1).range(Range.all()))).isEmpty();
    assertThatThrownBy(() -> bee.at(99)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subBeesKeepToThemselves() throws Exception {
    try (BeeBatch batch = bee.batch()) {
      BeeEditor users = batch.sub(bytes("users"));
      users.put(bytes("bob"), bytes("1"));
      users.sub(bytes("old")).put(bytes("eve"), bytes("2"));
      batch.put(bytes("usersx"), bytes("3"));
      assertThat(users.get(bytes("bob"))).isPresent();
      assertThat(users.delete(bytes("nobody"))).isFalse();
      await(batch.commit());
    }
    BeeView users = bee.now().sub(bytes("users"));
    assertThat(texts(users.range(Range.all()))).containsExactly("bob=1", "old\0eve=2");
    assertThat(texts(users.sub(bytes("old")).range(Range.all()))).containsExactly("eve=2");
    assertThat(texts(users.range(Range.all().gt(bytes("bob")).limit(1)))).hasSize(1);
    assertThat(bee.now().get(bytes("users\0bob"))).isPresent();
  }

  @Test
  void aDeletedKeyIsNotFoundInANodeThatItsBlockWrote() throws Exception {
    // JavaScript's hyperbee 2.27.3 answers with the deleted entry here.
    for (String key : List.of("1", "2", "3", "4", "6", "7", "8", "9", "5", "0")) {
      await(bee.put(bytes(key), bytes("v" + key)));
    }
    await(bee.delete(bytes("5")));
    await(bee.put(bytes("00"), bytes("x")));
    assertThat(bee.now().get(bytes("5"))).isEmpty();
  }

  @Test
  void aLargeValueComesBackWhole() throws Exception {
    byte[] large = new byte[1 << 20];
    large[12345] = 7;
    await(bee.put(bytes("large"), large));
    await(bee.put(bytes("small"), bytes("1")));
    assertThat(bee.now().get(bytes("large")).orElseThrow().value()).isEqualTo(large);
    assertThat(
            Bee.on(world, core, new NodeCache(0)).now().get(bytes("large")).orElseThrow().value())
        .isEqualTo(large);
  }

  @Test
  void anEntryOfTheLargestSizeIsTakenAndOneByteMoreIsNot() throws Exception {
    byte[] most = new byte[BeeBatch.MAX_ENTRY_BYTES - 1];
    await(bee.put(bytes("k"), most));
    assertThat(bee.now().get(bytes("k")).orElseThrow().value()).hasSize(most.length);
    assertThatThrownBy(() -> bee.put(bytes("kk"), most))
        .isInstanceOf(IllegalArgumentException.class);
    await(bee.put(bytes("next"), bytes("turn")));
  }

  @Test
  void aTruncatedCoreIsReadAsItIsThen() throws Exception {
    await(bee.put(bytes("a"), bytes("1")));
    long version = bee.version();
    await(bee.put(bytes("b"), bytes("2")));
    await(bee.put(bytes("c"), bytes("3")));
    BeeView stale = bee.now();
    assertThat(texts(stale.range(Range.all()))).hasSize(3);
    await(core.truncate(version));
    await(bee.put(bytes("b"), bytes("new")));
    assertThat(texts(bee.now().range(Range.all()))).containsExactly("a=1", "b=new");
    assertThat(bee.verify().sound()).isTrue();
  }

  @Test
  void writingGoesOnWhileATruncationIsNotYetDurable() throws Exception {
    await(bee.put(bytes("a"), bytes("1")));
    long version = bee.version();
    await(bee.put(bytes("b"), bytes("2")));
    bee.put(bytes("c"), bytes("3"));
    core.truncate(version);
    bee.put(bytes("b"), bytes("new"));
    bee.put(bytes("d"), bytes("4"));
    await(bee.put(bytes("e"), bytes("5")));
    assertThat(texts(bee.now().range(Range.all()))).containsExactly("a=1", "b=new", "d=4", "e=5");
  }

  @Test
  void aCoreThatIsNoBeeIsRefused() throws Exception {
    await(core.append(List.of(bytes("not"), bytes("a bee"))).ticket());
    assertThatThrownBy(() -> bee.now().get(bytes("a")))
        .isInstanceOfSatisfying(
            BeeFault.class, fault -> assertThat(fault.kind()).isEqualTo(BeeFault.Kind.MALFORMED));
    assertThatThrownBy(() -> bee.put(bytes("a"), bytes("1"))).isInstanceOf(BeeFault.class);
    assertThatThrownBy(() -> bee.put(bytes("a"), bytes("1"))).isInstanceOf(BeeFault.class);
  }

  @Test
  void aClearedBlockIsMissing() throws Exception {
    for (int i = 0; i < 50; i++) {
      bee.put(bytes("k" + i), bytes("v"));
    }
    await(bee.put(bytes("last"), bytes("v")));
    await(core.clear(1, 20));
    Bee cold = Bee.on(world, core, new NodeCache(0));
    assertThatThrownBy(() -> cold.now().range(Range.all()).forEachRemaining(_ -> {}))
        .isInstanceOfSatisfying(
            BeeFault.class, fault -> assertThat(fault.kind()).isEqualTo(BeeFault.Kind.MISSING));
    assertThat(cold.verify().sound()).isFalse();
  }

  @Test
  void whatComesOutMayBeChangedWithoutHarm() throws Exception {
    byte[] key = bytes("key");
    byte[] value = bytes("value");
    await(bee.put(key, value));
    key[0] = 'x';
    value[0] = 'x';
    BeeEntry entry = bee.now().get(bytes("key")).orElseThrow();
    entry.key()[0] = 'y';
    entry.value()[0] = 'y';
    assertThat(bee.now().get(bytes("key")).orElseThrow().value()).isEqualTo(bytes("value"));
    assertThat(texts(bee.now().range(Range.all()))).containsExactly("key=value");
  }

  private static void await(Ticket ticket) throws Exception {
    ticket.await(DEADLINE);
  }

  private static List<String> texts(BeeCursor cursor) {
    List<String> texts = new ArrayList<>();
    cursor.forEachRemaining(entry ->
        texts.add(new String(entry.key(), UTF_8) + "=" + new String(entry.value(), UTF_8)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
