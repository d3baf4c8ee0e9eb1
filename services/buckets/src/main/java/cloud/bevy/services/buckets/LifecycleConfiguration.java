package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a bucket does with its objects as they grow old.
///
/// @param smallOnesToo whether objects below 128 KiB change their storage class too, where the rule
///   says nothing of sizes
public record LifecycleConfiguration(List<LifecycleRule> rules, boolean smallOnesToo) {
  /// Nothing.
  public static final LifecycleConfiguration NONE = new LifecycleConfiguration(List.of(), false);

  /// Copies the list.
  public LifecycleConfiguration {
    rules = List.copyOf(rules);
  }

  /// When an object that is current is to be deleted, and by which rule: the one that does so
  /// first.
  public Optional<Expiration> expiration(StoredObject object) {
    return rules.stream()
        .filter(LifecycleRule::enabled)
        .filter(rule -> rule.filter().takes(object))
        .flatMap(rule ->
            rule
                .expiration()
                .map(time -> new Expiration(rule.id(), time.due(object.modified())))
                .stream())
        .min(Comparator.comparing(Expiration::moment));
  }

  /// A deletion to come.
  ///
  /// @param rule the id of the rule
  public record Expiration(String rule, Instant moment) {}
}
