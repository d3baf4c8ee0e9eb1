package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.store.Head;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// The versions of a bee, one after the other as they arrive, whether they were written here or
/// elsewhere. Versions in which the range is as it was are left out, and of several that arrived
/// meanwhile only the latest is seen. Costs nothing while nobody waits. For one task at a time, to
/// be closed in the end.
public final class BeeWatch implements AutoCloseable {
  private final World world;
  private final Bee bee;
  private final Range range;
  private final Registration registration;
  private final AtomicReference<CompletableFuture<Void>> moved =
      new AtomicReference<>(new CompletableFuture<>());
  private TreeView seen;

  BeeWatch(World world, Bee bee, Range range) {
    this.world = world;
    this.bee = bee;
    this.range = range.limit(1);
    this.registration = bee.core().listen(new Bell());
    this.seen = bee.view();
  }

  /// Wakes who waits.
  private final class Bell implements Listener {
    @Override
    public void grown(Head head) {
      ring();
    }

    @Override
    public void truncated(Head head, long from) {
      ring();
    }

    private void ring() {
      moved.getAndSet(new CompletableFuture<>()).complete(null);
    }
  }

  /// Waits for the next version in which the range is not as it was in the one before. The first is
  /// compared with the version at which the watch began.
  ///
  /// @return nothing where there was none before the deadline
  /// @throws BeeFault where what there is cannot be compared; the watch goes on
  public Optional<BeeUpdate> next(Duration deadline) throws InterruptedException {
    long end = world.time().nanos() + deadline.toNanos();
    while (true) {
      CompletableFuture<Void> next = moved.get();
      TreeView latest = bee.view();
      Optional<BeeUpdate> update = compare(latest);
      if (update.isPresent() || !await(next, end)) {
        return update;
      }
    }
  }

  private Optional<BeeUpdate> compare(TreeView latest) {
    TreeView before = seen;
    if (latest.blocks().fork() != before.blocks().fork()) {
      seen = latest;
      return Optional.of(new BeeUpdate(new TreeView(latest.blocks().until(0)), latest, true));
    }
    if (latest.version() == before.version()) {
      return Optional.empty();
    }
    boolean differs = new Differences(before.blocks(), latest.blocks(), range).hasNext();
    seen = latest;
    return differs ? Optional.of(new BeeUpdate(before, latest, false)) : Optional.empty();
  }

  /// @return whether there may be something new
  private boolean await(CompletableFuture<Void> next, long end) throws InterruptedException {
    try {
      Duration left = Duration.ofNanos(Math.max(0, end - world.time().nanos()));
      world.tasks().await(next, left);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    registration.close();
  }
}
