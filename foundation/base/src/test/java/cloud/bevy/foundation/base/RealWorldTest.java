package cloud.bevy.foundation.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RealWorldTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final World world = RealWorld.create(new PrintStream(printed, true, UTF_8));

  @Test
  void aSentenceIsALineWithTimeAndLevel() {
    world.log().warning("healed");
    assertThat(printed.toString(UTF_8))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ WARNING healed\\R");
  }

  @Test
  void aSentenceCannotForgeALine() {
    world.log().info("name \"a\nERROR b\r\u001b[31m\"");
    assertThat(printed.toString(UTF_8).lines()).hasSize(1);
    assertThat(printed.toString(UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void theClocksGoForward() {
    long before = world.time().nanos();
    assertThat(world.time().nanos()).isGreaterThanOrEqualTo(before);
    assertThat(Duration.between(world.time().now(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void chanceDoesNotRepeatItself() {
    assertThat(world.chance().bytes(16)).isNotEqualTo(world.chance().bytes(16));
    assertThat(world.chance().nextLong()).isNotEqualTo(world.chance().nextLong());
    assertThat(world.chance().below(1)).isZero();
    assertThatThrownBy(() -> world.chance().below(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
