package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecycleConfigurationTest {
  private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void daysEndAtTheMidnightThatFollows() {
    assertThat(new LifecycleTime.Days(3).due(MORNING)).isEqualTo("2026-03-05T00:00:00Z");
    assertThat(new LifecycleTime.Days(3).due(Instant.parse("2026-03-01T00:00:00Z")))
        .isEqualTo("2026-03-04T00:00:00Z");
  }

  @Test
  void aDateIsTheSameForAllObjects() {
    Instant date = Instant.parse("2030-01-01T00:00:00Z");
    assertThat(new LifecycleTime.Date(date).due(MORNING)).isEqualTo(date);
  }

  @Test
  void theRuleThatDeletesFirstIsTheOneThatDoes() {
    LifecycleConfiguration lifecycle =
        new LifecycleConfiguration(
            List.of(rule("late", 9, true), rule("soon", 2, true), rule("off", 1, false)), false);
    assertThat(lifecycle.expiration(object("logs/a")))
        .contains(
            new LifecycleConfiguration.Expiration("soon", Instant.parse("2026-03-04T00:00:00Z")));
  }

  @Test
  void aKeyThatDoesNotBeginWithThePrefixIsLeftAlone() {
    LifecycleConfiguration lifecycle =
        new LifecycleConfiguration(List.of(rule("logs", 2, true)), false);
    assertThat(lifecycle.expiration(object("log"))).isEmpty();
  }

  private static LifecycleRule rule(String id, int days, boolean enabled) {
    return new LifecycleRule(
        id,
        enabled,
        LifecycleFilter.ofPrefix("logs/", false),
        Optional.of(new LifecycleTime.Days(days)),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static StoredObject object(String key) {
    return new StoredObject(
        new ObjectKey(key),
        ObjectVersion.none(0),
        "etag",
        5,
        MORNING,
        ObjectAttributes.NONE,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
