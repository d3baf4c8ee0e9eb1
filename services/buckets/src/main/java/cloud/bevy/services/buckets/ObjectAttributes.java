package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a client gives along with an object's bytes and gets back as it gave it.
///
/// @param headers the kept headers by their names in lower case: `content-type`, `cache-control`
/// @param metadata user metadata by names in lower case, without `x-amz-meta-`
/// @param storageClass as given; it changes nothing
/// @param access whose the object is and whom its owner lets at it
public record ObjectAttributes(
    SortedMap<String, String> headers,
    SortedMap<String, String> metadata,
    String storageClass,
    ObjectAccess access) {
  /// The class of an object that was given none.
  public static final String STANDARD = "STANDARD";

  /// An object of which nothing is said.
  public static final ObjectAttributes NONE =
      new ObjectAttributes(Collections.emptySortedMap(), Collections.emptySortedMap(), STANDARD);

  /// Copies the maps.
  public ObjectAttributes {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /// Attributes of an object of the bucket's owner, who lets nobody at it.
  public ObjectAttributes(
      SortedMap<String, String> headers, SortedMap<String, String> metadata, String storageClass) {
    this(headers, metadata, storageClass, ObjectAccess.OWNERS);
  }

  /// The same of an object that others own or may use.
  public ObjectAttributes withAccess(ObjectAccess other) {
    return new ObjectAttributes(headers, metadata, storageClass, other);
  }
}
