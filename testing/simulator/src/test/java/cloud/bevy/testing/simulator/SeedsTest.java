package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeedsTest {
  @Test
  void theKeptSeedsRunFirst() {
    List<Long> seen = new ArrayList<>();
    Seeds.forEach("two words", 3, simulation -> seen.add(simulation.seed()));
    assertThat(seen).containsExactly(4711L, 815L, 1L, 2L, 3L);
    assertThat(Seeds.seeds("two", 1, SeedsTest.class)).containsExactly(7, 1);
  }

  @Test
  void aFailureSaysHowToSeeItAgainAndHowToKeepIt() {
    assertThatThrownBy(() ->
            Seeds.forEach(
                "failing", 10, simulation -> assertThat(simulation.seed()).isNotEqualTo(7)))
        .isInstanceOf(SimulationFailed.class)
        .hasMessageContaining("seed 7,")
        .hasMessageContaining("-Dbevy.seed=7")
        .hasMessageContaining("seeds.txt: failing 7")
        .hasCauseInstanceOf(AssertionError.class);
  }
}
