package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandsTest {
  @Test
  void everyCommandCanBeMadeAndSaysWhatItIsFor() {
    CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
    Commands.add(line);
    assertThat(line.getSubcommands()).containsKeys("up", "table");
    line.getSubcommands()
        .values()
        .forEach(command -> assertThat(command.getUsageMessage()).isNotBlank());
    assertThat(line.getSubcommands().get("table").getSubcommands()).containsKeys("index", "search");
  }
}
