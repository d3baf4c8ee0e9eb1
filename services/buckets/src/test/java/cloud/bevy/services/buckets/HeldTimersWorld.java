package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/// The real world, in which timers run only when a test says so and warnings are kept.
final class HeldTimersWorld implements World {
  private final List<String> sentences = new CopyOnWriteArrayList<>();
  private final World real = RealWorld.create((level, sentence) -> sentences.add(sentence));
  private final List<Held> timers = new CopyOnWriteArrayList<>();

  private record Held(String name, Runnable body) {}

  /// The names of the timers that are set.
  List<String> timers() {
    return timers.stream().map(Held::name).toList();
  }

  /// What the log was told.
  List<String> sentences() {
    return sentences;
  }

  /// Lets a timer run.
  void ring(String name) {
    Held held = timers.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    timers.remove(held);
    held.body().run();
  }

  @Override
  public Tasks tasks() {
    Tasks tasks = real.tasks();
    return new Tasks() {
      @Override
      public Task start(String name, Runnable body) {
        return tasks.start(name, body);
      }

      @Override
      public Timer after(Duration delay, String name, Runnable body) {
        Held held = new Held(name, body);
        timers.add(held);
        return () -> timers.remove(held);
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        tasks.sleep(duration);
      }

      @Override
      public <T> T await(CompletionStage<T> stage, Duration deadline)
          throws InterruptedException, TimeoutException {
        return tasks.await(stage, deadline);
      }
    };
  }

  @Override
  public Time time() {
    return real.time();
  }

  @Override
  public Chance chance() {
    return real.chance();
  }

  @Override
  public Disk disk() {
    return real.disk();
  }

  @Override
  public Network network() {
    return real.network();
  }

  @Override
  public Log log() {
    return real.log();
  }
}
