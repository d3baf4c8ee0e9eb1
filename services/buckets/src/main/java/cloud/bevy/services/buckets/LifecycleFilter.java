package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which objects a [LifecycleRule] is for: those of which all of this is true.
///
/// @param plain whether the rule names its prefix without a filter around it, in S3's first form
/// @param prefix what their keys begin with; where it is not said, anything
/// @param tags tags that they have
/// @param largerThan a size in bytes that they exceed
/// @param smallerThan a size in bytes that they do not reach
public record LifecycleFilter(
    boolean plain,
    Optional<String> prefix,
    SortedMap<String, String> tags,
    Optional<Long> largerThan,
    Optional<Long> smallerThan) {
  /// Copies the map.
  public LifecycleFilter {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /// A filter that looks at nothing but the key.
  ///
  /// @param plain whether in S3's first form
  public static LifecycleFilter ofPrefix(String prefix, boolean plain) {
    return new LifecycleFilter(
        plain,
        Optional.of(prefix),
        Collections.emptySortedMap(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether a version is one of them. A mark has neither tags nor a size.
  boolean takes(KeyVersion version) {
    return switch (version) {
      case StoredObject object -> takes(object);
      case DeleteMarker marker -> tags.isEmpty() && !sized() && takes(marker.key());
    };
  }

  /// Whether it asks for a size.
  boolean sized() {
    return largerThan.isPresent() || smallerThan.isPresent();
  }

  /// Whether an object is one of them.
  public boolean takes(StoredObject object) {
    return takes(object.key())
        && object.attributes().tags().entrySet().containsAll(tags.entrySet())
        && largerThan.map(size -> object.size() > size).orElse(true)
        && smallerThan.map(size -> object.size() < size).orElse(true);
  }

  /// Whether a key is one of theirs; all that can be said of an upload that has not ended.
  public boolean takes(ObjectKey key) {
    return prefix.map(key.text()::startsWith).orElse(true);
  }
}
