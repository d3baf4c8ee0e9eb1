package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.tables.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other names of indexes, and templates of those to come.
final class SearchNamesTest {
  private static final Alias ALIAS =
      new Alias(
          "logs",
          List.of(
              new Alias.Member("log-2", "11112222333344445555666677778888", true),
              new Alias.Member("log-1", "aaaabbbbccccddddeeeeffff00001111", false)));

  /// The bytes that `docs/formats/search.md` describes.
  private static final String GOLDEN =
      "1\naaaabbbbccccddddeeeeffff00001111 - log-1\n11112222333344445555666677778888 w log-2";

  private final World world = RealWorld.create((level, sentence) -> {});
  private final Path folder;

  SearchNamesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anAliasIsWrittenAsTheFormatSaysAndReadBack() {
    assertThat(new String(ALIAS.bytes(), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
    assertThat(Alias.read("logs", ALIAS.bytes())).isEqualTo(ALIAS);
    byte[] newer = ("2" + GOLDEN.substring(1)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Alias.read("logs", newer)).isInstanceOf(InvalidRequest.class);
  }

  @Test
  void whatIsSaidLastsUntilItIsTakenBack() {
    byte[] template = "{}".getBytes(StandardCharsets.UTF_8);
    try (SearchTestRun run = SearchTestRun.real(world, folder)) {
      SearchNames names = run.search().names();
      names.change(all -> {
        all.put("logs", ALIAS);
        all.put("none", new Alias("none", List.of()));
        return all;
      });
      names.putTemplate("days", template);
    }
    try (SearchTestRun run = SearchTestRun.real(world, folder)) {
      SearchNames names = run.search().names();
      assertThat(names.aliases()).containsExactly(ALIAS);
      assertThat(names.alias("logs")).contains(ALIAS);
      assertThat(names.templates()).containsOnlyKeys("days");
      assertThat(names.templates().get("days")).isEqualTo(template);
      names.change(all -> {
        all.remove("logs");
        return all;
      });
      names.removeTemplate("days");
      assertThat(names.aliases()).isEmpty();
      assertThat(names.templates()).isEmpty();
    }
  }

  @Test
  void thereAreSoManyAndNoMore() {
    try (SearchTestRun run = SearchTestRun.real(world, folder)) {
      SearchNames names = run.search().names();
      for (int i = 0; i < SearchNames.MOST_TEMPLATES; i++) {
        names.putTemplate("t" + i, new byte[] {'{', '}'});
      }
      names.putTemplate("t0", new byte[SearchNames.LONGEST_TEMPLATE]);
      assertThatThrownBy(() -> names.putTemplate("more", new byte[2]))
          .isInstanceOf(SearchRefusal.class);
      assertThatThrownBy(() -> names.putTemplate("t0", new byte[SearchNames.LONGEST_TEMPLATE + 1]))
          .isInstanceOf(SearchRefusal.class);
    }
  }
}
