package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.LifecycleFilter;
import cloud.bevy.services.buckets.LifecycleRule;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentExpiration;
import cloud.bevy.services.buckets.LifecycleRule.NoncurrentTransition;
import cloud.bevy.services.buckets.LifecycleRule.Transition;
import cloud.bevy.services.buckets.LifecycleTime;
import java.util.List;
import java.util.Optional;

/// Writes the document `LifecycleConfiguration`.
final class LifecycleWriter {
  private final XmlWriter xml = XmlWriter.document("LifecycleConfiguration");

  private LifecycleWriter() {}

  /// The document of some rules.
  static XmlWriter document(List<LifecycleRule> rules) {
    LifecycleWriter writer = new LifecycleWriter();
    rules.forEach(writer::rule);
    return writer.xml.close("LifecycleConfiguration");
  }

  private void rule(LifecycleRule rule) {
    xml.open("Rule").element("ID", rule.id());
    filter(rule.filter());
    xml.element("Status", rule.enabled() ? "Enabled" : "Disabled");
    rule.transitions().forEach(this::transition);
    expiration(rule);
    rule.noncurrentTransitions().forEach(this::noncurrentTransition);
    rule.noncurrentExpiration().ifPresent(this::noncurrentExpiration);
    rule.abortUploadsAfter()
        .ifPresent(days ->
            xml.open("AbortIncompleteMultipartUpload")
                .element("DaysAfterInitiation", days)
                .close("AbortIncompleteMultipartUpload"));
    xml.close("Rule");
  }

  private void filter(LifecycleFilter filter) {
    if (filter.plain()) {
      xml.element("Prefix", filter.prefix().orElse(""));
      return;
    }
    int conditions =
        filter.tags().size()
            + (filter.prefix().isPresent() ? 1 : 0)
            + (filter.largerThan().isPresent() ? 1 : 0)
            + (filter.smallerThan().isPresent() ? 1 : 0);
    xml.open("Filter");
    if (conditions > 1) {
      xml.open("And");
    }
    filter.prefix().ifPresent(prefix -> xml.element("Prefix", prefix));
    filter
        .tags()
        .forEach((key, value) ->
            xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
    filter.largerThan().ifPresent(size -> xml.element("ObjectSizeGreaterThan", size));
    filter.smallerThan().ifPresent(size -> xml.element("ObjectSizeLessThan", size));
    if (conditions > 1) {
      xml.close("And");
    }
    xml.close("Filter");
  }

  private void expiration(LifecycleRule rule) {
    if (rule.expiration().isEmpty() && !rule.expiredMarkers()) {
      return;
    }
    xml.open("Expiration");
    rule.expiration().ifPresent(this::time);
    if (rule.expiredMarkers()) {
      xml.element("ExpiredObjectDeleteMarker", true);
    }
    xml.close("Expiration");
  }

  private void noncurrentExpiration(NoncurrentExpiration expiration) {
    xml.open("NoncurrentVersionExpiration");
    noncurrent(expiration.days(), expiration.kept());
    xml.close("NoncurrentVersionExpiration");
  }

  private void transition(Transition transition) {
    xml.open("Transition");
    time(transition.time());
    xml.element("StorageClass", transition.storageClass()).close("Transition");
  }

  private void noncurrentTransition(NoncurrentTransition transition) {
    xml.open("NoncurrentVersionTransition");
    noncurrent(transition.days(), transition.kept());
    xml.element("StorageClass", transition.storageClass()).close("NoncurrentVersionTransition");
  }

  private void noncurrent(int days, Optional<Integer> kept) {
    kept.ifPresent(count -> xml.element("NewerNoncurrentVersions", count));
    xml.element("NoncurrentDays", days);
  }

  private void time(LifecycleTime time) {
    switch (time) {
      case LifecycleTime.Days(int days) -> xml.element("Days", days);
      case LifecycleTime.Date(var midnight) -> xml.element("Date", HttpDates.xml(midnight));
    }
  }
}
