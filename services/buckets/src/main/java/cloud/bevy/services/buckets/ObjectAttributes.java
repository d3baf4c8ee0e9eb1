package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a client gives along with an object's bytes and gets back as it gave it.
///
/// @param headers the kept headers by their names in lower case: `content-type`, `cache-control`
/// @param metadata user metadata by names in lower case, without `x-amz-meta-`
/// @param storageClass as given; it changes nothing
/// @param tags the object's tags, which may change while the object stays
public record ObjectAttributes(
    SortedMap<String, String> headers,
    SortedMap<String, String> metadata,
    String storageClass,
    SortedMap<String, String> tags) {
  /// The class of an object that was given none.
  public static final String STANDARD = "STANDARD";

  /// An object of which nothing is said.
  public static final ObjectAttributes NONE =
      new ObjectAttributes(Collections.emptySortedMap(), Collections.emptySortedMap(), STANDARD);

  /// Copies the maps.
  public ObjectAttributes {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /// Attributes without tags.
  public ObjectAttributes(
      SortedMap<String, String> headers, SortedMap<String, String> metadata, String storageClass) {
    this(headers, metadata, storageClass, Collections.emptySortedMap());
  }

  /// The same with other tags.
  public ObjectAttributes withTags(SortedMap<String, String> others) {
    return new ObjectAttributes(headers, metadata, storageClass, others);
  }
}
