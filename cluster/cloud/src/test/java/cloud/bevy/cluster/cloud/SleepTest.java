package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When clouds open and close, in simulated time.
class SleepTest {
  private static final Duration IDLE = CloudLimits.defaults().idle();

  @Test
  void aCloudThatNobodyUsesFallsAsleep() {
    simulate((world, clouds) -> {
      clouds.open("home").orElseThrow().close();
      assertThat(clouds.openCount()).isEqualTo(1);
      world.tasks().sleep(IDLE.plusSeconds(1));
      assertThat(clouds.openCount()).isZero();
    });
  }

  @Test
  void aCloudIsAwakeWhileAnybodyUsesIt() {
    simulate((world, clouds) -> {
      try (Lease lease = clouds.open("home").orElseThrow()) {
        clouds.open("home").orElseThrow().close();
        world.tasks().sleep(IDLE.multipliedBy(3));
        assertThat(clouds.openCount()).isEqualTo(1);
        assertThat(lease.cloud().accessKeys()).isEmpty();
      }
    });
  }

  @Test
  void aCloudThatIsUsedAgainInTimeStaysAwake() {
    simulate((world, clouds) -> {
      Lease first = clouds.open("home").orElseThrow();
      first.close();
      world.tasks().sleep(IDLE.minusSeconds(1));
      try (Lease again = clouds.open("home").orElseThrow()) {
        world.tasks().sleep(Duration.ofSeconds(2));
        assertThat(again.cloud()).isSameAs(first.cloud());
        assertThat(clouds.openCount()).isEqualTo(1);
      }
    });
  }

  @FunctionalInterface
  private interface Scenario {
    void run(World world, Clouds clouds) throws Exception;
  }

  private static void simulate(Scenario scenario) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("laptop")
                .run(world -> {
                  Path home = Path.of("/home");
                  try (Clouds clouds = Clouds.open(world, home, CloudLimits.defaults())) {
                    clouds.create("home");
                    scenario.run(world, clouds);
                  }
                }));
  }
}
