package cloud.bevy.hyper.bee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.testing.simulator.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void oneAtATimeHasTheTurnAndNobodyIsForgotten() {
    Seeds.forEach(
        "turns",
        100,
        simulation -> {
          Turn turn = new Turn(simulation.tasks());
          List<Tasks.Task> tasks = new ArrayList<>();
          int[] inside = new int[2];
          for (int i = 0; i < 8; i++) {
            tasks.add(
                simulation
                    .tasks()
                    .start(
                        "writer " + i,
                        () -> {
                          turn.take(LONG);
                          assertThat(inside[0]++).isZero();
                          pause(simulation.tasks(), simulation.chance().below(100));
                          inside[0]--;
                          inside[1]++;
                          turn.pass();
                        }));
          }
          for (Tasks.Task task : tasks) {
            task.join(LONG);
          }
          assertThat(inside[1]).isEqualTo(8);
        });
  }

  @Test
  void whoWaitsTooLongIsToldAndTheTurnIsNotLost() {
    Seeds.forEach(
        "late turns",
        100,
        simulation -> {
          Turn turn = new Turn(simulation.tasks());
          turn.take(LONG);
          List<Tasks.Task> tasks = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            tasks.add(simulation.tasks().start("late", () -> hurry(turn)));
          }
          simulation.tasks().sleep(Duration.ofSeconds(simulation.chance().below(3)));
          turn.pass();
          for (Tasks.Task task : tasks) {
            task.join(LONG);
          }
          turn.take(Duration.ZERO);
        });
  }

  private static void hurry(Turn turn) {
    try {
      turn.take(Duration.ofSeconds(1));
      turn.pass();
    } catch (BeeFault fault) {
      assertThat(fault.kind()).isEqualTo(BeeFault.Kind.BUSY);
    }
  }

  @Test
  void aTurnThatIsTakenIsWaitedFor() {
    Seeds.forEach(
        "busy turns",
        1,
        simulation -> {
          Turn turn = new Turn(simulation.tasks());
          turn.take(LONG);
          assertThatThrownBy(() -> turn.take(Duration.ofSeconds(1))).isInstanceOf(BeeFault.class);
          turn.pass();
          turn.take(Duration.ZERO);
        });
  }

  private static void pause(Tasks tasks, int millis) {
    try {
      tasks.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
