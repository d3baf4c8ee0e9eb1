package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One life of a cloud's engine, from the first request to the last and a little longer. While
/// requests are in flight it is watched: an engine that uses too much is ended, and everyone who
/// waits for it is told why. While none is, nothing runs but a timer that ends it.
final class EngineRun {
  /// How often a busy engine is looked at. Between two looks it can take memory beyond its limit,
  /// which the kernel refuses at twice the limit.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final World world;
  private final FunctionLimits limits;
  private final Supplier<RunningEngine> start;
  private final CompletableFuture<RunningEngine> running = new CompletableFuture<>();
  private final AtomicBoolean signOfLife = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private Tasks.@Nullable Timer idle;
  private @Nullable Kind verdict;
  private int inFlight;
  private boolean started;
  private boolean watched;
  private boolean retired;

  /// @param start starts the engine; called at most once
  EngineRun(World world, FunctionLimits limits, Supplier<RunningEngine> start) {
    this.world = world;
    this.limits = limits;
    this.start = start;
  }

  /// Begins a request.
  ///
  /// @return whether this engine takes requests; otherwise it is over, and another must be started
  boolean enter() {
    lock.lock();
    try {
      if (retired || verdict != null) {
        return false;
      }
      inFlight++;
      if (idle != null) {
        idle.cancel();
        idle = null;
      }
      if (!started) {
        started = true;
        world.tasks().start("engine start", this::start);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The engine, once it runs. To be called between [#enter] and [#leave].
  ///
  /// @throws FunctionFault if it cannot be started
  RunningEngine engine() {
    try {
      RunningEngine engine = world.tasks().await(running, limits.time().start());
      watch(engine);
      return engine;
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof FunctionFault fault ? fault : failed;
    } catch (TimeoutException late) {
      throw FunctionFault.unavailable("the engine did not start in " + limits.time().start());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FunctionFault(Kind.FunctionStopped, "the request was interrupted");
    }
  }

  /// Ends a request.
  void leave() {
    lock.lock();
    try {
      inFlight--;
      if (inFlight == 0 && !retired) {
        idle = world.tasks().after(limits.time().idle(), "engine is idle", this::retireIfIdle);
      }
    } finally {
      lock.unlock();
    }
    stopIfOver();
  }

  /// Says that the engine did something for somebody.
  void alive() {
    signOfLife.set(true);
  }

  /// Takes no more requests, and ends the engine when those in flight are answered.
  void retire() {
    lock.lock();
    try {
      retired = true;
    } finally {
      lock.unlock();
    }
    stopIfOver();
  }

  /// Ends the engine at once.
  ///
  /// @param why what those who wait for it are told
  void end(Kind why) {
    lock.lock();
    try {
      retired = true;
      if (verdict == null) {
        verdict = why;
      }
    } finally {
      lock.unlock();
    }
    stop();
  }

  /// Why the engine was ended, if it was.
  Optional<Kind> verdict() {
    lock.lock();
    try {
      return Optional.ofNullable(verdict);
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    try {
      running.complete(start.get());
    } catch (RuntimeException failure) {
      running.completeExceptionally(failure);
      retire();
    }
  }

  private void retireIfIdle() {
    boolean over;
    lock.lock();
    try {
      over = inFlight == 0;
      retired |= over;
    } finally {
      lock.unlock();
    }
    if (over) {
      stop();
    }
  }

  private void stopIfOver() {
    boolean over;
    lock.lock();
    try {
      over = retired && inFlight == 0;
      if (over && idle != null) {
        idle.cancel();
      }
    } finally {
      lock.unlock();
    }
    if (over) {
      stop();
    }
  }

  /// Ends the engine as soon as it has been started.
  private void stop() {
    boolean never;
    lock.lock();
    try {
      never = !started;
      started = true;
    } finally {
      lock.unlock();
    }
    if (!never) {
      var _ = running.thenAccept(RunningEngine::close);
    }
  }

  private void watch(RunningEngine engine) {
    lock.lock();
    try {
      if (watched) {
        return;
      }
      watched = true;
    } finally {
      lock.unlock();
    }
    world.tasks().start("engine watch", () -> look(engine));
  }

  private void look(RunningEngine engine) {
    try {
      long mark = engine.process().cpuNanos();
      while (busy()) {
        world.tasks().sleep(LOOK);
        long used = engine.process().cpuNanos();
        if (signOfLife.getAndSet(false)) {
          mark = used;
        }
        if (used - mark > limits.cpu().toNanos()) {
          end(Kind.FunctionExceededCpu);
        } else if (engine.process().privateBytes() > limits.memory()) {
          end(Kind.FunctionExceededMemory);
        }
      }
    } catch (IOException gone) {
      // The process is no more: what it died of is found by those who wait for it.
      end(engine.causeOfDeath());
    } catch (InterruptedException interrupted) {
      end(Kind.FunctionStopped);
    }
  }

  /// Whether there is something to watch; if not, the next request starts the watch anew.
  private boolean busy() {
    lock.lock();
    try {
      watched = inFlight > 0 && verdict == null;
      return watched;
    } finally {
      lock.unlock();
    }
  }
}
