package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Optional;

/// Who is told of what happens in a bucket. No two rules are for the same event, so that nobody is
/// told of one twice.
public record NotificationConfiguration(List<NotificationRule> rules) {
  /// Nobody is told of anything.
  public static final NotificationConfiguration NONE = new NotificationConfiguration(List.of());

  /// Copies the list.
  public NotificationConfiguration {
    rules = List.copyOf(rules);
  }

  Optional<NotificationRule> find(EventType type, ObjectKey key) {
    return rules.stream().filter(rule -> rule.takes(type, key)).findFirst();
  }

  /// Whether a function is told of anything.
  boolean tells(String function) {
    return rules.stream().anyMatch(rule -> rule.function().equals(function));
  }
}
