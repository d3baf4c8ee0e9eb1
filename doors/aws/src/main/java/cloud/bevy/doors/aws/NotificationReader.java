package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.NotificationRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the document `NotificationConfiguration`: whether it is of the form that S3 defines, and
/// makes sense. Queues and event buses are refused as destinations that are not there.
final class NotificationReader {
  private static final String FUNCTION = "CloudFunction";
  private static final String TOPIC = "Topic";
  private static final String ID = "Id";
  private static final String EVENT = "Event";
  private static final String FILTER = "Filter";
  private static final String RULE = "FilterRule";
  private static final String PREFIX = "prefix";
  private static final String SUFFIX = "suffix";

  private static final int MOST_RULES = 100;
  private static final int LONGEST_ID = 255;
  private static final int LONGEST_VALUE = 1024;

  /// What S3 tells of, and which kinds of it there are. Not all of it happens here.
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "s3:ObjectCreated:", List.of("Put", "Post", "Copy", "CompleteMultipartUpload"),
          "s3:ObjectRemoved:", List.of("Delete", "DeleteMarkerCreated"),
          "s3:ObjectRestore:", List.of("Post", "Completed", "Delete"),
          "s3:ObjectTagging:", List.of("Put", "Delete"),
          "s3:ObjectAnnotation:", List.of("Put", "Delete"),
          "s3:LifecycleExpiration:", List.of("Delete", "DeleteMarkerCreated"),
          "s3:Replication:",
              List.of(
                  "OperationFailedReplication",
                  "OperationMissedThreshold",
                  "OperationReplicatedAfterThreshold",
                  "OperationNotTracked"));

  private static final Set<String> EVENTS =
      Stream.concat(
              KINDS.entrySet().stream()
                  .flatMap(kind ->
                      Stream.concat(kind.getValue().stream(), Stream.of("*"))
                          .map(event -> kind.getKey() + event)),
              Stream.of(
                  "s3:ObjectAcl:Put",
                  "s3:ObjectRetention:Put",
                  "s3:LifecycleTransition",
                  "s3:IntelligentTiering",
                  "s3:ReducedRedundancyLostObject"))
          .collect(Collectors.toUnmodifiableSet());

  private final Supplier<String> ids;
  private final Destinations destinations;

  /// @param ids where rules that have none get their ids from
  NotificationReader(Supplier<String> ids, Destinations destinations) {
    this.ids = ids;
    this.destinations = destinations;
  }

  /// Says which function or topic a text names.
  interface Destinations {
    /// What a rule calls the topic.
    ///
    /// @throws S3Exception where there can be none
    String topic(String arn) throws S3Exception;

    /// The function's own name.
    ///
    /// @throws S3Exception where there is none
    String function(String arn) throws S3Exception;
  }

  /// What is said where nobody is there to be told.
  static S3Exception nobody() {
    return S3Error.INVALID_ARGUMENT.refused(
        "Unable to validate the following destination configurations");
  }

  /// Reads the rules.
  List<NotificationRule> rules(XmlElement document) throws S3Exception {
    List<NotificationRule> rules = new ArrayList<>();
    for (XmlElement child : document.children()) {
      switch (child.name()) {
        case "CloudFunctionConfiguration" -> rules.add(rule(child, FUNCTION));
        case "TopicConfiguration" -> rules.add(rule(child, TOPIC));
        case "QueueConfiguration" -> throw refused(child, "Queue");
        case "EventBridgeConfiguration" -> throw nobody();
        default -> throw malformed();
      }
    }
    if (rules.size() > MOST_RULES) {
      throw argument("The number of notification configurations must not exceed " + MOST_RULES);
    }
    checkTogether(rules);
    return rules;
  }

  private NotificationRule rule(XmlElement element, String kind) throws S3Exception {
    form(element, kind);
    String id = element.first(ID).filter(text -> !text.isEmpty()).orElseGet(ids);
    if (id.length() > LONGEST_ID) {
      throw argument("ID length should not exceed allowed limit of " + LONGEST_ID);
    }
    String arn = element.first(kind).orElse("").strip();
    Map<String, String> filter = filter(element.child(FILTER));
    return new NotificationRule(
        id,
        arn,
        kind.equals(TOPIC) ? destinations.topic(arn) : destinations.function(arn),
        events(element),
        Optional.ofNullable(filter.get(PREFIX)),
        Optional.ofNullable(filter.get(SUFFIX)));
  }

  private static S3Exception refused(XmlElement element, String destination) throws S3Exception {
    form(element, destination);
    return nobody();
  }

  private static void form(XmlElement element, String destination) throws S3Exception {
    element.only(ID, EVENT, FILTER, destination).once(ID, FILTER, destination);
    if (element.child(destination).isEmpty() || element.all(EVENT).isEmpty()) {
      throw malformed();
    }
    events(element);
    filter(element.child(FILTER));
  }

  private static List<String> events(XmlElement element) throws S3Exception {
    List<String> events = element.all(EVENT).stream().map(event -> event.text().strip()).toList();
    if (!EVENTS.containsAll(events)) {
      throw argument("A specified event is not supported for notifications.");
    }
    return events;
  }

  private static Map<String, String> filter(Optional<XmlElement> filter) throws S3Exception {
    Map<String, String> values = new LinkedHashMap<>();
    if (filter.isEmpty()) {
      return values;
    }
    Optional<XmlElement> key = filter.get().only("S3Key").once("S3Key").child("S3Key");
    for (XmlElement rule : key.map(XmlElement::children).orElse(List.of())) {
      if (!rule.name().equals(RULE)) {
        throw malformed();
      }
      rule.only("Name", "Value").once("Name", "Value");
      String name = rule.first("Name").orElseThrow(NotificationReader::malformed);
      String value = rule.first("Value").orElseThrow(NotificationReader::malformed);
      add(values, name.strip().toLowerCase(Locale.ROOT), value);
    }
    return values;
  }

  private static void add(Map<String, String> values, String name, String value)
      throws S3Exception {
    if (!name.equals(PREFIX) && !name.equals(SUFFIX)) {
      throw argument("filter rule name must be either prefix or suffix");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
      throw argument("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation");
    }
    if (values.put(name, value) != null) {
      throw argument("Cannot specify more than one " + name + " rule in a filter.");
    }
  }

  private static void checkTogether(List<NotificationRule> rules) throws S3Exception {
    Set<String> seen = new HashSet<>();
    for (int at = 0; at < rules.size(); at++) {
      NotificationRule rule = rules.get(at);
      if (!seen.add(rule.id())) {
        throw argument("Same ID used for multiple configurations. IDs must be unique");
      }
      if (rules.subList(0, at).stream().anyMatch(rule::overlaps)) {
        throw argument(
            "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules"
                + " if the prefixes are overlapping for the same event type.");
      }
    }
  }

  private static S3Exception argument(String words) {
    return S3Error.INVALID_ARGUMENT.refused(words);
  }

  private static S3Exception malformed() {
    return S3Error.MALFORMED_XML.refused();
  }
}
