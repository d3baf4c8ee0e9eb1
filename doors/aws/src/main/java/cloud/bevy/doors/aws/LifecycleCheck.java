package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.LifecycleFilter;
import cloud.bevy.services.buckets.LifecycleRule;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentTransition;
import cloud.bevy.services.buckets.LifecycleRule.Transition;
import cloud.bevy.services.buckets.LifecycleTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What S3 wants of a bucket's lifecycle beyond its form (Amazon S3 User Guide, "Lifecycle
/// configuration elements").
final class LifecycleCheck {
  /// The storage classes that an object can be moved to.
  static final Set<String> TARGETS =
      Set.of(
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");

  private static final int MOST_RULES = 1000;
  private static final int LONGEST_ID = 255;
  private static final int MOST_KEPT = 100;
  private static final int DAYS_BEFORE_INFREQUENT = 30;
  private static final Set<String> INFREQUENT = Set.of("STANDARD_IA", "ONEZONE_IA");

  private LifecycleCheck() {}

  /// Refuses rules that S3 would refuse.
  static void check(List<LifecycleRule> rules) throws S3Exception {
    if (rules.size() > MOST_RULES) {
      throw request(
          "The number of lifecycle rules must not exceed the allowed limit of "
              + MOST_RULES
              + " rules");
    }
    Set<String> ids = new HashSet<>();
    for (LifecycleRule rule : rules) {
      if (rule.id().length() > LONGEST_ID) {
        throw argument("ID length should not exceed allowed limit of " + LONGEST_ID);
      }
      if (rule.id().chars().anyMatch(Character::isISOControl)) {
        throw argument("ID must not have control characters"); // it goes into headers
      }
      if (!ids.add(rule.id())) {
        throw argument("Rule ID must be unique. Found same ID for more than one rule");
      }
      checkFilter(rule);
      checkActions(rule);
      checkTransitions(rule);
      checkNoncurrentTransitions(rule);
    }
  }

  private static void checkFilter(LifecycleRule rule) throws S3Exception {
    LifecycleFilter filter = rule.filter();
    boolean tagged = !filter.tags().isEmpty();
    boolean sized = filter.largerThan().isPresent() || filter.smallerThan().isPresent();
    if (tagged && rule.expiredMarkers()) {
      throw request("ExpiredObjectDeleteMarker cannot be specified with Tags.");
    }
    if (tagged && rule.abortUploadsAfter().isPresent()) {
      throw request("AbortIncompleteMultipartUpload cannot be specified with Tags.");
    }
    if (sized && rule.abortUploadsAfter().isPresent()) {
      throw request("AbortIncompleteMultipartUpload cannot be specified with Object Size.");
    }
    if (filter.largerThan().orElse(0L) < 0 || filter.smallerThan().orElse(1L) < 1) {
      throw request("'ObjectSize' filters must not be negative, and nothing is smaller than 0.");
    }
    if (filter.largerThan().orElse(-1L) >= filter.smallerThan().orElse(Long.MAX_VALUE)) {
      throw request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
    }
  }

  private static void checkActions(LifecycleRule rule) throws S3Exception {
    boolean none =
        rule.expiration().isEmpty()
            && !rule.expiredMarkers()
            && rule.noncurrentExpiration().isEmpty()
            && rule.abortUploadsAfter().isEmpty()
            && rule.transitions().isEmpty()
            && rule.noncurrentTransitions().isEmpty();
    if (none) {
      throw request("At least one action needs to be specified in a rule");
    }
    if (days(rule.expiration()).orElse(1) < 1) {
      throw argument("'Days' for Expiration action must be a positive integer");
    }
    if (rule.abortUploadsAfter().orElse(1) < 1) {
      throw argument(
          "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive"
              + " integer");
    }
    if (rule.noncurrentExpiration().isPresent()) {
      if (rule.noncurrentExpiration().get().days() < 1) {
        throw argument(
            "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
      }
      checkKept(rule.noncurrentExpiration().get().kept());
    }
  }

  private static void checkTransitions(LifecycleRule rule) throws S3Exception {
    Set<String> targets = new HashSet<>();
    for (Transition transition : rule.transitions()) {
      Optional<Integer> days = days(Optional.of(transition.time()));
      checkTarget(transition.storageClass(), targets, days);
      boolean dated = days.isEmpty();
      boolean expiresOnDate = rule.expiration().isPresent() && days(rule.expiration()).isEmpty();
      boolean otherIsDated =
          transition.time().getClass() != rule.transitions().getFirst().time().getClass();
      if (otherIsDated || (rule.expiration().isPresent() && dated != expiresOnDate)) {
        throw request(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle"
                + " rule for "
                + described(rule));
      }
      if (rule.expiration().isPresent() && !later(rule.expiration().get(), transition.time())) {
        throw argument(
            ("'%s' in the Expiration action for %s must be greater than '%s' in the Transition"
                    + " action")
                .formatted(dated ? "Date" : "Days", described(rule), dated ? "Date" : "Days"));
      }
    }
  }

  private static void checkNoncurrentTransitions(LifecycleRule rule) throws S3Exception {
    Set<String> targets = new HashSet<>();
    for (NoncurrentTransition transition : rule.noncurrentTransitions()) {
      checkTarget(transition.storageClass(), targets, Optional.of(transition.days()));
      checkKept(transition.kept());
      int expires = rule.noncurrentExpiration().map(e -> e.days()).orElse(Integer.MAX_VALUE);
      if (expires <= transition.days()) {
        throw argument(
            "'NoncurrentDays' in the NoncurrentVersionExpiration action for "
                + described(rule)
                + " must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition"
                + " action");
      }
    }
  }

  private static void checkTarget(String target, Set<String> before, Optional<Integer> days)
      throws S3Exception {
    if (!before.add(target)) {
      throw request(
          "'StorageClass' must be different for 'Transition' actions in same 'Rule': " + target);
    }
    if (days.orElse(0) < 0) {
      throw argument("'Days' in Transition action must be nonnegative");
    }
    if (INFREQUENT.contains(target)
        && days.orElse(DAYS_BEFORE_INFREQUENT) < DAYS_BEFORE_INFREQUENT) {
      throw argument(
          "'Days' in Transition action must be greater than or equal to %d for storageClass '%s'"
              .formatted(DAYS_BEFORE_INFREQUENT, target));
    }
  }

  private static void checkKept(Optional<Integer> kept) throws S3Exception {
    if (kept.orElse(1) < 1 || kept.orElse(1) > MOST_KEPT) {
      throw argument(
          "'NewerNoncurrentVersions' must be a positive integer of at most " + MOST_KEPT);
    }
  }

  private static boolean later(LifecycleTime one, LifecycleTime other) {
    return switch (one) {
      case LifecycleTime.Days(int days) ->
          other instanceof LifecycleTime.Days(int before) && days > before;
      case LifecycleTime.Date(var date) ->
          other instanceof LifecycleTime.Date(var before) && date.isAfter(before);
    };
  }

  private static Optional<Integer> days(Optional<LifecycleTime> time) {
    return time.flatMap(when ->
        when instanceof LifecycleTime.Days(int days) ? Optional.of(days) : Optional.empty());
  }

  private static String described(LifecycleRule rule) {
    return "prefix '" + rule.filter().prefix().orElse("") + "'";
  }

  private static S3Exception argument(String words) {
    return S3Error.INVALID_ARGUMENT.refused(words);
  }

  private static S3Exception request(String words) {
    return S3Error.INVALID_REQUEST.refused(words);
  }
}
