package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationRuleTest {
  private static final String CREATED = "s3:ObjectCreated:*";
  private static final String PUT = "s3:ObjectCreated:Put";
  private static final String DELETE = "s3:ObjectRemoved:Delete";

  private static NotificationRule rule(String event, String prefix, String suffix) {
    return new NotificationRule(
        "id", "arn", "f", List.of(event), Optional.of(prefix), Optional.of(suffix));
  }

  private static boolean overlap(NotificationRule one, NotificationRule other) {
    assertThat(one.overlaps(other)).isEqualTo(other.overlaps(one));
    return one.overlaps(other);
  }

  @Test
  void rulesOverlapWhereOneEventCanBeForBoth() {
    assertThat(overlap(rule(CREATED, "a", ""), rule(PUT, "ab", ".jpg"))).isTrue();
    assertThat(overlap(rule(PUT, "a", "g"), rule(PUT, "", ".jpg"))).isTrue();
    assertThat(overlap(rule(PUT, "a", ".png"), rule(PUT, "a", ".jpg"))).isFalse();
    assertThat(overlap(rule(PUT, "a", ".jpg"), rule(PUT, "b", ".jpg"))).isFalse();
    assertThat(overlap(rule(CREATED, "", ""), rule(DELETE, "", ""))).isFalse();
    assertThat(overlap(rule(PUT, "", ""), rule("s3:ObjectCreated:Post", "", ""))).isFalse();
  }

  @Test
  void aRuleTakesItsEventsOfItsKeys() {
    NotificationRule rule = rule(CREATED, "in/", ".jpg");
    assertThat(rule.takes(EventType.CREATED_COPY, new ObjectKey("in/a.jpg"))).isTrue();
    assertThat(rule.takes(EventType.REMOVED, new ObjectKey("in/a.jpg"))).isFalse();
    assertThat(rule.takes(EventType.CREATED_COPY, new ObjectKey("out/a.jpg"))).isFalse();
    assertThat(rule.takes(EventType.CREATED_COPY, new ObjectKey("in/a.png"))).isFalse();
    assertThat(rule("s3:LifecycleTransition", "", "").takes(EventType.MOVED, new ObjectKey("a")))
        .isTrue();
  }
}
