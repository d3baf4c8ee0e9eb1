package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteBeeTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int MANY = 20_000;

  private final World world = RealWorld.create((_, _) -> {});
  private final NodeCache cache = new NodeCache(1 << 22);
  private Store there;
  private Store here;
  private Bee origin;
  private Core copy;
  private Bee bee;
  private Copying peer;
  private Registration following;

  @BeforeEach
  void open(@TempDir Path folder) {
    there = Store.open(world, folder.resolve("there"), StoreLimits.defaults());
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    Corestore cores = Corestore.open(world, there, new byte[32]);
    origin = Bee.on(world, cores.core("bee"), cache);
    put("first", "1");
    copy = Corestore.open(world, here, new byte[32]).remote(origin.core().key());
    bee = Bee.remote(world, copy, new NodeCache(1 << 22));
    peer = new Copying(world, cores);
    following = peer.follow(copy);
  }

  @AfterEach
  void close() {
    following.close();
    here.close();
    there.close();
  }

  @Test
  void anEntryIsReadWithoutTheOthers() throws Exception {
    fill(MANY);
    bee.update(DEADLINE); // unless the peer has told already
    assertThat(bee.update(DEADLINE)).isFalse();
    assertThat(bee.version()).isEqualTo(origin.version());
    assertThat(bee.now().get(key(777)).orElseThrow().value()).isEqualTo(bytes("value 777"));
    assertThat(bee.now().get(bytes("missing"))).isEmpty();
    assertThat(peer.blocks()).isLessThan(150);
    assertThat(bee.header()).contains(BeeHeader.PLAIN);
  }

  @Test
  void aRangeIsReadWithoutTheRest() throws Exception {
    fill(MANY);
    bee.update(DEADLINE);
    List<BeeEntry> range = new ArrayList<>();
    bee.now().range(Range.all().gte(key(500)).lt(key(600))).forEachRemaining(range::add);
    assertThat(range).hasSize(100);
    assertThat(range.getFirst().value()).isEqualTo(bytes("value 500"));
    assertThat(peer.blocks()).isLessThan(400);
    long before = peer.blocks();
    bee.now().range(Range.all().gte(key(900)).limit(1)).forEachRemaining(range::add);
    assertThat(peer.blocks() - before).isLessThan(60);
  }

  @Test
  void theWholeHistoryIsReadInBothDirections() throws Exception {
    fill(1000);
    put("first", "2");
    await(origin.delete(bytes("first")));
    bee.update(DEADLINE);
    assertThat(kinds(bee.history(History.all().reverse().limit(2))))
        .containsExactly("DELETE first", "PUT first");
    assertThat(peer.blocks()).isLessThan(20);
    assertThat(kinds(bee.history(History.all()))).hasSize(1003).startsWith("PUT first");
  }

  @Test
  void differencesOfVersionsAreReadWithoutTheRest() throws Exception {
    fill(MANY);
    long before = origin.version();
    put("key000500", "new");
    await(origin.delete(key(501)));
    bee.update(DEADLINE);
    List<String> found = new ArrayList<>();
    bee.differences(before, bee.version(), Range.all())
        .forEachRemaining(difference ->
            found.add(text(difference.before().or(difference::after).orElseThrow().key())));
    assertThat(found).containsExactly("key000500", "key000501");
    assertThat(peer.blocks()).isLessThan(200);
  }

  @Test
  void versionsOfARangeAreWatchedAsTheyArrive() throws Exception {
    bee.update(DEADLINE);
    try (BeeWatch watch = bee.watch(Range.prefix(bytes("a")))) {
      put("b", "not in the range");
      assertThat(watch.next(Duration.ofMillis(50))).isEmpty();
      put("a", "1");
      BeeUpdate update = watch.next(DEADLINE).orElseThrow();
      assertThat(update.truncated()).isFalse();
      assertThat(update.before().get(bytes("a"))).isEmpty();
      assertThat(update.after().get(bytes("a")).orElseThrow().value()).isEqualTo(bytes("1"));
      assertThat(watch.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void whoWritesWatchesToo() throws Exception {
    try (BeeWatch watch = origin.watch()) {
      assertThat(watch.next(Duration.ZERO)).isEmpty();
      put("a", "1");
      put("b", "1");
      BeeUpdate update = watch.next(DEADLINE).orElseThrow();
      assertThat(update.after().version()).isEqualTo(4);
      await(origin.core().truncate(2));
      BeeUpdate cut = watch.next(DEADLINE).orElseThrow();
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.before().get(bytes("first"))).isEmpty();
      assertThat(cut.after().get(bytes("first"))).isPresent();
    }
    assertThatThrownBy(() -> origin.watch(Range.all().reverse()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatNobodySendsIsMissedByName() throws Exception {
    fill(100);
    bee.update(DEADLINE);
    following.close();
    Bee impatient = bee.patience(Duration.ofMillis(20));
    assertThatThrownBy(() -> impatient.now().get(key(50)))
        .isInstanceOfSatisfying(
            BeeFault.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(BeeFault.Kind.UNREACHABLE);
              assertThat(fault).hasMessageContaining("block 101 of core");
            });
    assertThatThrownBy(() -> bee.patience(Duration.ZERO).now().get(key(50)))
        .isInstanceOfSatisfying(
            BeeFault.class, fault -> assertThat(fault.kind()).isEqualTo(BeeFault.Kind.MISSING));
    following = peer.follow(copy);
    assertThat(bee.now().get(key(50))).isPresent();
  }

  private void fill(int entries) throws Exception {
    try (BeeBatch batch = origin.batch()) {
      for (int i = 0; i < entries; i++) {
        batch.put(key(i), bytes("value " + i));
      }
      await(batch.commit());
    }
  }

  private void put(String key, String value) {
    await(origin.put(bytes(key), bytes(value)));
  }

  private static List<String> kinds(Iterator<BeeChange> changes) {
    List<String> kinds = new ArrayList<>();
    changes.forEachRemaining(change -> kinds.add(change.kind() + " " + text(change.entry().key())));
    return kinds;
  }

  private static void await(Ticket ticket) {
    try {
      ticket.await(DEADLINE);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] key(int number) {
    return bytes("key%06d".formatted(number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
