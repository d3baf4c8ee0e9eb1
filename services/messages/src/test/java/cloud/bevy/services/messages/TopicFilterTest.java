package cloud.bevy.services.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, b, false",
    "a, a/b, false",
    "+, a, true",
    "+, a/b, false",
    "+/+, /a, true",
    "/+, /a, true",
    "+, /a, false",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "#, a/b, true",
    "#, $SYS/a, false",
    "+/a, $SYS/a, false",
    "$SYS/#, $SYS/a, true",
    "a/+/c, a//c, true",
    "a/+, a, false",
    "a/+/#, a, false",
    "a/, a, false",
  })
  void aFilterMatchesAsMqttSays(String filter, String topic, boolean matches) {
    assertThat(TopicFilter.of(filter).orElseThrow().matches(new TopicName(topic)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a#",
        "#/a",
        "a/#/b",
        "a+",
        "a/b+/c",
        "$share/g",
        "$share//a",
        "$share/+/a",
        "$share/g/",
        "a\0b"
      })
  void whatCanBeNoFilterIsNone(String text) {
    assertThat(TopicFilter.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+", "#", "a\0"})
  void whatCanBeNoTopicIsNone(String text) {
    assertThat(TopicName.of(text)).isEmpty();
  }

  @Test
  void topicsAreAsLongAndAsDeepAsTheyMayBeAndNoMore() {
    assertThat(TopicName.of("a".repeat(TopicName.MOST_BYTES))).isPresent();
    assertThat(TopicName.of("a".repeat(TopicName.MOST_BYTES + 1))).isEmpty();
    assertThat(TopicName.of("\u20ac".repeat(TopicName.MOST_BYTES / 3 + 1))).isEmpty();
    assertThat(TopicName.of("/".repeat(TopicName.MOST_LEVELS - 1))).isPresent();
    assertThat(TopicName.of("/".repeat(TopicName.MOST_LEVELS))).isEmpty();
  }

  /// Whatever is put in and taken out, the tree finds what each filter says by itself.
  @Test
  void theTreeFindsWhatMatchesAndNothingElse() {
    SplittableRandom random = new SplittableRandom(1);
    SubscriptionTree<String, String> tree = new SubscriptionTree<>();
    List<TopicFilter> there = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      TopicFilter filter = filter(random);
      if (random.nextInt(3) > 0) {
        tree.put(filter.levels(), "k", filter.text());
        there.removeIf(filter::equals);
        there.add(filter);
      } else {
        tree.remove(filter.levels(), "k");
        there.remove(filter);
      }
      TopicName topic = new TopicName(topic(random));
      List<String> found = new ArrayList<>();
      tree.match(topic, found::add);
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              there.stream().filter(it -> it.matches(topic)).map(TopicFilter::text).toList());
    }
    there.forEach(filter -> tree.remove(filter.levels(), "k"));
    assertThat(tree.isEmpty()).isTrue();
  }

  private static TopicFilter filter(SplittableRandom random) {
    String text = topic(random, "a", "b", "+", "", "$s");
    return TopicFilter.of(random.nextInt(4) == 0 ? text + "/#" : text)
        .orElseGet(() -> filter(random));
  }

  private static String topic(SplittableRandom random) {
    String text = topic(random, "a", "b", "c", "", "$s");
    return text.isEmpty() ? "a" : text;
  }

  private static String topic(SplittableRandom random, String... words) {
    List<String> levels = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      levels.add(words[random.nextInt(words.length)]);
    }
    return String.join("/", levels);
  }
}
