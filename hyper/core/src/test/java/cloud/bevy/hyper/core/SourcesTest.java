package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers who wait for what others fetch, and listeners who are told.
class SourcesTest {
  private static final Duration SOON = Duration.ofMillis(30);

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store here;
  private Store there;
  private Core core;
  private Core writer;
  private final List<Exception> failures = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    there = Store.open(world, folder.resolve("there"), StoreLimits.defaults());
    writer =
        Corestore.open(world, there, new byte[32])
            .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
    writer.append(Golden.blocks(0, 50)).ticket().await(Exchange.DEADLINE);
    core = Corestore.open(world, here, new byte[32]).remote(writer.key());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    assertThat(failures).isEmpty();
  }

  /// Asks the writer for whatever is wanted, by tasks of its own.
  private final class Fetcher implements Source {
    private final List<Want> wants = new CopyOnWriteArrayList<>();
    private final List<Want> cancelled = new CopyOnWriteArrayList<>();

    @Override
    public void want(Want want) {
      wants.add(want);
      world.tasks().start("fetch", () -> fetch(want));
    }

    @Override
    public void cancel(Want want) {
      cancelled.add(want);
    }

    @Override
    public CompletionStage<Void> newest() {
      CompletableFuture<Void> done = new CompletableFuture<>();
      world
          .tasks()
          .start(
              "newest",
              () -> {
                grow();
                done.complete(null);
              });
      return done;
    }

    private void grow() {
      try {
        Exchange exchange = Exchange.between(writer, core);
        if (exchange.to().tip().length() < writer.length()) {
          exchange.upgrade();
        }
      } catch (MalformedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void fetch(Want want) {
      grow();
      Exchange exchange = Exchange.between(writer, core);
      try {
        switch (want) {
          case Want.Blocks(long from, long to, boolean _) -> {
            for (long index = from; index < Math.min(to, writer.length()); index++) {
              exchange.block(index);
            }
          }
          case Want.Byte(long bytes, long _) -> {
            exchange.ask(Exchange.seek(bytes));
            exchange.block(writer.seek(bytes).orElseThrow().index());
          }
        }
      } catch (MalformedException e) {
        failures.add(e);
      }
    }
  }

  @Test
  void aReaderWaitsForWhatASourceFetches() throws Exception {
    Fetcher fetcher = new Fetcher();
    core.attach(fetcher);
    BlockLookup found = core.read(7, Exchange.DEADLINE);
    assertThat(((BlockLookup.Found) found).toArray()).isEqualTo(Golden.block(7));
    assertThat(fetcher.wants).containsExactly(new Want.Blocks(7, 8, true));
    assertThat(fetcher.cancelled).isEqualTo(fetcher.wants);
    assertThat(core.read(7, Duration.ZERO)).isInstanceOf(BlockLookup.Found.class);
    assertThat(fetcher.wants).hasSize(1);
  }

  @Test
  void manyReadersOfOneBlockAreServedByOneFetch() throws Exception {
    Fetcher fetcher = new Fetcher();
    core.attach(fetcher);
    List<CompletableFuture<Boolean>> readers = new ArrayList<>();
    for (int reader = 0; reader < 20; reader++) {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      readers.add(done);
      long index = reader % 2;
      world
          .tasks()
          .start(
              "reader",
              () -> {
                try {
                  done.complete(core.read(index, Exchange.DEADLINE) instanceof BlockLookup.Found);
                } catch (InterruptedException e) {
                  done.completeExceptionally(e);
                }
              });
    }
    for (CompletableFuture<Boolean> done : readers) {
      assertThat(world.tasks().await(done, Exchange.DEADLINE)).isTrue();
    }
    assertThat(fetcher.cancelled).containsAll(fetcher.wants);
  }

  @Test
  void withoutASourceOrBehindTheDeadlineABlockIsMissing() throws Exception {
    assertThat(core.read(7, Exchange.DEADLINE)).isEqualTo(new BlockLookup.Missing(7));
    assertThat(core.seek(7, Exchange.DEADLINE)).isEmpty();
    assertThat(core.update(Exchange.DEADLINE)).isFalse();
    Registration silent = core.attach(new Silent());
    assertThat(core.read(7, SOON)).isEqualTo(new BlockLookup.Missing(7));
    assertThat(core.read(-1, Exchange.DEADLINE)).isEqualTo(new BlockLookup.Missing(-1));
    assertThatThrownBy(() -> core.update(SOON)).isInstanceOf(TimeoutException.class);
    world.tasks().after(SOON, "detach", silent::close);
    assertThat(core.read(7, Exchange.DEADLINE)).isEqualTo(new BlockLookup.Missing(7));
  }

  private static final class Silent implements Source {
    @Override
    public void want(Want want) {}

    @Override
    public void cancel(Want want) {}

    @Override
    public CompletionStage<Void> newest() {
      return new CompletableFuture<>();
    }
  }

  @Test
  void aSourceThatComesLaterHearsOfWhatIsWanted() throws Exception {
    core.attach(new Silent());
    Registration download = core.download(10, 20);
    Fetcher fetcher = new Fetcher();
    core.attach(fetcher);
    assertThat(fetcher.wants).containsExactly(new Want.Blocks(10, 20, false));
    assertThat(core.read(19, Exchange.DEADLINE)).isInstanceOf(BlockLookup.Found.class);
    download.close();
    download.close();
    assertThat(fetcher.cancelled).filteredOn(new Want.Blocks(10, 20, false)::equals).hasSize(1);
  }

  @Test
  void anUpdateWaitsUntilWhatIsNewestIsDurable() throws Exception {
    core.attach(new Fetcher());
    assertThat(core.update(Exchange.DEADLINE)).isTrue();
    assertThat(core.length()).isEqualTo(50);
    assertThat(core.update(Exchange.DEADLINE)).isFalse();
    writer.append(Golden.blocks(50, 60)).ticket().await(Exchange.DEADLINE);
    assertThat(core.update(Exchange.DEADLINE)).isTrue();
    assertThat(core.length()).isEqualTo(60);
  }

  @Test
  void aByteIsFoundByWayOfWhatASourceFetches() throws Exception {
    core.attach(new Fetcher());
    core.update(Exchange.DEADLINE);
    assertThat(core.seek(1200)).isEmpty();
    assertThat(core.seek(1200, Exchange.DEADLINE)).isEqualTo(writer.seek(1200)).isPresent();
  }

  @Test
  void aSnapshotStaysAsItWas() throws Exception {
    Snapshot snapshot = writer.snapshot();
    writer.append(Golden.blocks(50, 60)).ticket().await(Exchange.DEADLINE);
    assertThat(snapshot.length()).isEqualTo(50);
    assertThat(snapshot.get(49)).isInstanceOf(BlockLookup.Found.class);
    assertThat(snapshot.get(50)).isEqualTo(new BlockLookup.Missing(50));
    assertThat(snapshot.seek(writer.byteLength() - 1)).isEmpty();
    writer.truncate(20);
    writer.append(Golden.blocks(100, 120)).ticket().await(Exchange.DEADLINE);
    assertThat(snapshot.get(19)).isInstanceOf(BlockLookup.Found.class);
    assertThat(snapshot.get(20)).isEqualTo(new BlockLookup.Missing(20));
    assertThat(snapshot.read(20, Exchange.DEADLINE)).isEqualTo(new BlockLookup.Missing(20));
    assertThat(snapshot.fork()).isZero();
    assertThat(writer.snapshot().get(39)).isInstanceOf(BlockLookup.Found.class);
  }

  private static final class Notes implements Listener {
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void grown(Head head) {
      notes.add("grown " + head.length());
    }

    @Override
    public void truncated(Head head, long from) {
      notes.add("truncated " + from + " to " + head.length());
    }

    @Override
    public void stored(long from, long to) {
      notes.add("stored " + from + "-" + to);
    }

    @Override
    public void cleared(long from, long to) {
      notes.add("cleared " + from + "-" + to);
    }
  }

  @Test
  void listenersAreToldWhatBecomesOfACore() throws Exception {
    Notes ours = new Notes();
    Notes theirs = new Notes();
    writer.listen(theirs);
    Registration registration = core.listen(ours);
    Exchange exchange = Exchange.between(writer, core);
    exchange.upgrade().ticket().await(Exchange.DEADLINE);
    exchange.block(7).ticket().await(Exchange.DEADLINE);
    writer.append(Golden.blocks(50, 55)).ticket().await(Exchange.DEADLINE);
    writer.clear(3, 9).await(Exchange.DEADLINE);
    writer.truncate(6).await(Exchange.DEADLINE);
    exchange.follow().ticket().await(Exchange.DEADLINE);
    assertThat(theirs.notes)
        .containsExactly("stored 50-55", "grown 55", "cleared 3-9", "truncated 6 to 6");
    assertThat(ours.notes).containsExactly("grown 50", "stored 7-8", "truncated 6 to 6");
    registration.close();
    exchange.block(0).ticket().await(Exchange.DEADLINE);
    assertThat(ours.notes).hasSize(3);
  }

  @Test
  void aListenerThatFailsHindersNobody() throws Exception {
    writer.listen(
        new Listener() {
          @Override
          public void grown(Head head) {
            throw new IllegalStateException("on purpose");
          }
        });
    Notes notes = new Notes();
    writer.listen(notes);
    writer.append(new byte[1]).ticket().await(Exchange.DEADLINE);
    assertThat(notes.notes).containsExactly("stored 50-51", "grown 51");
  }
}
