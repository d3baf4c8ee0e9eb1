package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a bucket does with its objects as they grow old.
///
/// @param smallOnesToo whether objects below 128 KiB are moved to archives too, where the rule says
///   nothing of sizes
public record LifecycleConfiguration(List<LifecycleRule> rules, boolean smallOnesToo) {
  /// Nothing.
  public static final LifecycleConfiguration NONE = new LifecycleConfiguration(List.of(), false);

  /// Copies the list.
  public LifecycleConfiguration {
    rules = List.copyOf(rules);
  }

  /// A deletion to come.
  ///
  /// @param rule the id of the rule
  public record Expiration(String rule, Instant moment) {}

  /// When an object that is current is to be deleted, and by which rule: the one that does so
  /// first.
  public Optional<Expiration> expiration(StoredObject object) {
    return enabled()
        .filter(rule -> rule.filter().takes(object))
        .flatMap(rule ->
            rule
                .expiration()
                .map(time -> new Expiration(rule.id(), time.due(object.modified())))
                .stream())
        .min(Comparator.comparing(Expiration::moment));
  }

  /// Whether anything is ever done.
  boolean acts() {
    return enabled().findAny().isPresent();
  }

  /// What the keys begin with that something is done to: no prefix begins with another.
  List<String> prefixes() {
    List<String> prefixes = new ArrayList<>();
    enabled()
        .map(rule -> rule.filter().prefix().orElse(""))
        .sorted()
        .filter(prefix -> prefixes.stream().noneMatch(prefix::startsWith))
        .forEach(prefixes::add);
    return prefixes;
  }

  /// When a version is to be deleted that is not current.
  Optional<Instant> removal(KeyVersion version, Noncurrent place) {
    return earliest(rule ->
        rule.noncurrentExpiration()
            .filter(_ -> rule.filter().takes(version))
            .filter(expiration -> expiration.kept().orElse(0) <= place.newer())
            .map(expiration -> LifecycleTime.midnightAfter(place.since(), expiration.days())));
  }

  /// When the mark of a deletion is to go that is all that its key has: with the objects of its
  /// age, or at once where that is asked for.
  Optional<Instant> unmarking(DeleteMarker marker) {
    return earliest(rule ->
        rule.filter().takes(marker)
            ? rule.expiredMarkers()
                ? Optional.of(marker.modified())
                : rule.expiration().map(time -> time.due(marker.modified()))
            : Optional.empty());
  }

  /// When an upload is to be aborted that has not ended, and by which rule.
  public Optional<Expiration> abortion(PendingUpload upload) {
    return enabled()
        .filter(rule -> rule.filter().takes(upload.address().key()))
        .flatMap(rule ->
            rule
                .abortUploadsAfter()
                .map(days -> LifecycleTime.midnightAfter(upload.initiated(), days))
                .map(moment -> new Expiration(rule.id(), moment))
                .stream())
        .min(Comparator.comparing(Expiration::moment));
  }

  /// When an object that is current gets other storage classes.
  List<LifecycleMove> moves(StoredObject object) {
    return moves(
        object,
        rule ->
            rule.transitions().stream()
                .map(to -> new LifecycleMove(to.time().due(object.modified()), to.storageClass())));
  }

  /// When an object that is not current gets other storage classes.
  List<LifecycleMove> moves(StoredObject object, Noncurrent place) {
    return moves(
        object,
        rule ->
            rule.noncurrentTransitions().stream()
                .filter(to -> to.kept().orElse(0) <= place.newer())
                .map(to ->
                    new LifecycleMove(
                        LifecycleTime.midnightAfter(place.since(), to.days()), to.storageClass())));
  }

  private List<LifecycleMove> moves(
      StoredObject object, Function<LifecycleRule, Stream<LifecycleMove>> of) {
    return enabled()
        .filter(rule -> rule.filter().takes(object))
        .flatMap(rule ->
            of.apply(rule)
                .filter(move -> rule.filter().sized() || move.takes(object, smallOnesToo)))
        .filter(move -> move.changes(object))
        .toList();
  }

  private Optional<Instant> earliest(Function<LifecycleRule, Optional<Instant>> of) {
    return enabled().flatMap(rule -> of.apply(rule).stream()).min(Comparator.naturalOrder());
  }

  private Stream<LifecycleRule> enabled() {
    return rules.stream().filter(LifecycleRule::enabled);
  }
}
