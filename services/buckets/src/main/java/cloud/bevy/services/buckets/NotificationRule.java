package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Optional;

/// Which function or topic is told of which events in a bucket.
///
/// @param id unique in its bucket
/// @param destination the function or topic as whoever set the rule named it
/// @param function the function's own name, or [#TOPIC] and the topic
/// @param events as S3 names them, with `s3:` in front; `*` at the end stands for all of a kind
/// @param prefix what the keys begin with
/// @param suffix what the keys end with
public record NotificationRule(
    String id,
    String destination,
    String function,
    List<String> events,
    Optional<String> prefix,
    Optional<String> suffix) {
  /// With what the name of a topic begins, and that of no function.
  public static final String TOPIC = "topic:";

  private static final String SERVICE = "s3:";

  /// Copies the list.
  public NotificationRule {
    events = List.copyOf(events);
  }

  /// The topic that is told.
  public Optional<String> topic() {
    return topic(function);
  }

  /// The topic that a listener's name stands for, if it does.
  public static Optional<String> topic(String listener) {
    return listener.startsWith(TOPIC)
        ? Optional.of(listener.substring(TOPIC.length()))
        : Optional.empty();
  }

  /// Whether some event could be for both.
  public boolean overlaps(NotificationRule other) {
    return events.stream().anyMatch(one -> other.events.stream().anyMatch(two -> meet(one, two)))
        && oneBegins(start(), other.start())
        && oneEnds(end(), other.end());
  }

  boolean takes(EventType type, ObjectKey key) {
    return events.stream().anyMatch(event -> meet(event, SERVICE + type.text()))
        && key.text().startsWith(start())
        && key.text().endsWith(end());
  }

  private String start() {
    return prefix.orElse("");
  }

  private String end() {
    return suffix.orElse("");
  }

  private static boolean meet(String one, String other) {
    return one.equals(other) || includes(one, other) || includes(other, one);
  }

  private static boolean includes(String kind, String event) {
    return kind.endsWith("*") && event.startsWith(kind.substring(0, kind.length() - 1));
  }

  private static boolean oneBegins(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static boolean oneEnds(String one, String other) {
    return one.endsWith(other) || other.endsWith(one);
  }
}
