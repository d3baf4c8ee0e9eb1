package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {
  @Test
  void theStateIsWhereTheEnvironmentSays() {
    Map<String, String> all = Map.of("BEVY_HOME", "/b", "XDG_DATA_HOME", "/x", "HOME", "/h");
    assertThat(Home.locate(all)).isEqualTo(Path.of("/b"));
    assertThat(Home.locate(Map.of("XDG_DATA_HOME", "/x", "HOME", "/h")))
        .isEqualTo(Path.of("/x/bevy"));
    assertThat(Home.locate(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.local/share/bevy"));
    assertThat(Home.locate(Map.of("XDG_DATA_HOME", "relative", "HOME", "/h")))
        .isEqualTo(Path.of("/h/.local/share/bevy"));
  }

  @Test
  void whoHasNoHomeInTheEnvironmentHasOneInTheSystem() {
    assertThat(Home.locate(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "share", "bevy"));
  }
}
