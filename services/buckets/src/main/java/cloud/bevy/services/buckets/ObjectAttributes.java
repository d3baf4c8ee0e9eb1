package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a client gives along with an object's bytes and gets back as it gave it.
///
/// @param headers the kept headers by their names in lower case: `content-type`, `cache-control`
/// @param metadata user metadata by names in lower case, without `x-amz-meta-`
/// @param storageClass as given; it changes nothing
/// @param lock what keeps the object from being deleted
public record ObjectAttributes(
    SortedMap<String, String> headers,
    SortedMap<String, String> metadata,
    String storageClass,
    ObjectLock lock) {
  /// The class of an object that was given none.
  public static final String STANDARD = "STANDARD";

  /// An object of which nothing is said.
  public static final ObjectAttributes NONE =
      new ObjectAttributes(
          Collections.emptySortedMap(), Collections.emptySortedMap(), STANDARD, ObjectLock.NONE);

  /// Copies the maps.
  public ObjectAttributes {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /// The same under another lock.
  public ObjectAttributes withLock(ObjectLock other) {
    return new ObjectAttributes(headers, metadata, storageClass, other);
  }
}
