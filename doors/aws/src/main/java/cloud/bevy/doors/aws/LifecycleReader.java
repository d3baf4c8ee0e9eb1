package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.LifecycleFilter;
import cloud.bevy.services.buckets.LifecycleRule;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentExpiration;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentTransition;
import cloud.bevy.services.buckets.LifecycleRule.Transition;
import cloud.bevy.services.buckets.LifecycleTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads the document `LifecycleConfiguration`: whether it is of the form that S3 defines. Whether
/// its rules make sense is for [LifecycleCheck].
final class LifecycleReader {
  private static final String PREFIX = "Prefix";
  private static final String FILTER = "Filter";
  private static final String TAG = "Tag";
  private static final String LARGER = "ObjectSizeGreaterThan";
  private static final String SMALLER = "ObjectSizeLessThan";
  private static final String EXPIRATION = "Expiration";
  private static final String NONCURRENT_EXPIRATION = "NoncurrentVersionExpiration";
  private static final String ABORT = "AbortIncompleteMultipartUpload";
  private static final String TRANSITION = "Transition";
  private static final String NONCURRENT_TRANSITION = "NoncurrentVersionTransition";
  private static final String DAYS = "Days";
  private static final String DATE = "Date";
  private static final String MARKERS = "ExpiredObjectDeleteMarker";
  private static final String NONCURRENT_DAYS = "NoncurrentDays";
  private static final String KEPT = "NewerNoncurrentVersions";
  private static final String STORAGE_CLASS = "StorageClass";

  private final Supplier<String> ids;

  /// @param ids where rules that have none get their ids from
  LifecycleReader(Supplier<String> ids) {
    this.ids = ids;
  }

  /// Reads the rules.
  List<LifecycleRule> rules(XmlElement document) throws S3Exception {
    List<LifecycleRule> rules = new ArrayList<>();
    for (XmlElement rule : document.only("Rule").children()) {
      rules.add(rule(rule));
    }
    if (rules.isEmpty()) {
      throw malformed();
    }
    return rules;
  }

  private LifecycleRule rule(XmlElement rule) throws S3Exception {
    rule.only(
            "ID",
            PREFIX,
            FILTER,
            "Status",
            EXPIRATION,
            NONCURRENT_EXPIRATION,
            ABORT,
            TRANSITION,
            NONCURRENT_TRANSITION)
        .once("ID", PREFIX, FILTER, "Status", EXPIRATION, NONCURRENT_EXPIRATION, ABORT);
    Optional<XmlElement> expiration = rule.child(EXPIRATION);
    return new LifecycleRule(
        rule.first("ID").filter(id -> !id.isEmpty()).orElseGet(ids),
        enabled(rule),
        filter(rule),
        expiration.isPresent() ? expiration(expiration.get()) : Optional.empty(),
        expiration.flatMap(action -> action.first(MARKERS)).orElse("").equals("true"),
        noncurrentExpiration(rule.child(NONCURRENT_EXPIRATION)),
        abort(rule.child(ABORT)),
        transitions(rule),
        noncurrentTransitions(rule));
  }

  private static boolean enabled(XmlElement rule) throws S3Exception {
    return switch (rule.first("Status").orElse("")) {
      case "Enabled" -> true;
      case "Disabled" -> false;
      default -> throw malformed();
    };
  }

  private static LifecycleFilter filter(XmlElement rule) throws S3Exception {
    Optional<String> plain = rule.first(PREFIX);
    Optional<XmlElement> filter = rule.child(FILTER);
    if (plain.isPresent() == filter.isPresent()) {
      throw malformed();
    }
    if (plain.isPresent()) {
      return LifecycleFilter.ofPrefix(plain.get(), true);
    }
    XmlElement one = filter.get().only(PREFIX, TAG, LARGER, SMALLER, "And");
    if (one.children().size() > 1) {
      throw malformed();
    }
    Optional<XmlElement> all = one.child("And");
    if (all.isPresent() && all.get().children().size() < 2) {
      throw malformed();
    }
    return conditions(all.orElse(one));
  }

  private static LifecycleFilter conditions(XmlElement all) throws S3Exception {
    all.only(PREFIX, TAG, LARGER, SMALLER).once(PREFIX, LARGER, SMALLER);
    SortedMap<String, String> tags = new TreeMap<>();
    for (XmlElement tag : all.all(TAG)) {
      String key =
          tag.only("Key", "Value")
              .once("Key", "Value")
              .first("Key")
              .orElseThrow(LifecycleReader::malformed);
      String value = tag.first("Value").orElseThrow(LifecycleReader::malformed);
      Tags.checkTag(key, value);
      if (tags.put(key, value) != null) {
        throw S3Error.INVALID_REQUEST.refused("Duplicate Tag Keys are not allowed.");
      }
    }
    return new LifecycleFilter(
        false, all.first(PREFIX), tags, number(all, LARGER), number(all, SMALLER));
  }

  private static Optional<LifecycleTime> expiration(XmlElement action) throws S3Exception {
    if (action.only(DAYS, DATE, MARKERS).children().size() != 1) {
      throw malformed();
    }
    Optional<String> markers = action.first(MARKERS);
    if (markers.isPresent() && !List.of("true", "false").contains(markers.get())) {
      throw malformed();
    }
    return markers.isPresent() ? Optional.empty() : Optional.of(time(action));
  }

  private static Optional<NoncurrentExpiration> noncurrentExpiration(Optional<XmlElement> action)
      throws S3Exception {
    if (action.isEmpty()) {
      return Optional.empty();
    }
    action.get().only(NONCURRENT_DAYS, KEPT).once(NONCURRENT_DAYS, KEPT);
    return Optional.of(
        new NoncurrentExpiration(
            required(action.get(), NONCURRENT_DAYS), integer(action.get(), KEPT)));
  }

  private static Optional<Integer> abort(Optional<XmlElement> action) throws S3Exception {
    return action.isEmpty()
        ? Optional.empty()
        : Optional.of(required(action.get().only("DaysAfterInitiation"), "DaysAfterInitiation"));
  }

  private static List<Transition> transitions(XmlElement rule) throws S3Exception {
    List<Transition> transitions = new ArrayList<>();
    for (XmlElement action : rule.all(TRANSITION)) {
      action.only(DAYS, DATE, STORAGE_CLASS).once(DAYS, DATE, STORAGE_CLASS);
      if (action.child(DAYS).isPresent() == action.child(DATE).isPresent()) {
        throw malformed();
      }
      transitions.add(new Transition(time(action), storageClass(action)));
    }
    return transitions;
  }

  private static List<NoncurrentTransition> noncurrentTransitions(XmlElement rule)
      throws S3Exception {
    List<NoncurrentTransition> transitions = new ArrayList<>();
    for (XmlElement action : rule.all(NONCURRENT_TRANSITION)) {
      action.only(NONCURRENT_DAYS, KEPT, STORAGE_CLASS).once(NONCURRENT_DAYS, KEPT, STORAGE_CLASS);
      transitions.add(
          new NoncurrentTransition(
              required(action, NONCURRENT_DAYS), integer(action, KEPT), storageClass(action)));
    }
    return transitions;
  }

  private static String storageClass(XmlElement action) throws S3Exception {
    return action
        .first(STORAGE_CLASS)
        .filter(LifecycleCheck.TARGETS::contains)
        .orElseThrow(LifecycleReader::malformed);
  }

  private static LifecycleTime time(XmlElement action) throws S3Exception {
    Optional<String> date = action.first(DATE);
    return date.isPresent()
        ? new LifecycleTime.Date(midnight(date.get().strip()))
        : new LifecycleTime.Days(required(action, DAYS));
  }

  private static Instant midnight(String text) throws S3Exception {
    Instant moment;
    try {
      moment =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notIso8601) {
      throw malformed();
    }
    if (!moment.equals(moment.truncatedTo(ChronoUnit.DAYS))) {
      throw S3Error.INVALID_ARGUMENT.refused("'Date' must be at midnight GMT");
    }
    return moment;
  }

  private static int required(XmlElement element, String name) throws S3Exception {
    return integer(element, name).orElseThrow(LifecycleReader::malformed);
  }

  private static Optional<Integer> integer(XmlElement element, String name) throws S3Exception {
    Optional<Long> number = number(element, name);
    if (number.isPresent() && number.get() != number.get().intValue()) {
      throw malformed();
    }
    return number.map(Long::intValue);
  }

  private static Optional<Long> number(XmlElement element, String name) throws S3Exception {
    Optional<String> text = element.first(name).map(String::strip);
    if (text.isPresent() && !text.get().matches("-?[0-9]{1,18}")) {
      throw malformed();
    }
    return text.map(Long::valueOf);
  }

  private static S3Exception malformed() {
    return S3Error.MALFORMED_XML.refused();
  }
}
