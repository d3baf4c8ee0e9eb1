package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.testing.simulator.PartlyRealWorld;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/// The real world, in which timers run only when a test says so and warnings are kept.
final class HeldTimersWorld extends PartlyRealWorld {
  private final List<String> sentences;
  private final List<Held> timers = new CopyOnWriteArrayList<>();

  HeldTimersWorld() {
    this(new CopyOnWriteArrayList<>());
  }

  private HeldTimersWorld(List<String> sentences) {
    super(RealWorld.create((level, sentence) -> sentences.add(sentence)));
    this.sentences = sentences;
  }

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
    Tasks tasks = super.tasks();
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
}
