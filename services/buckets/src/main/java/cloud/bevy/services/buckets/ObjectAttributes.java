package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a client gives along with an object's bytes and gets back as it gave it.
///
/// @param headers the kept headers by their names in lower case: `content-type`, `cache-control`
/// @param metadata user metadata by names in lower case, without `x-amz-meta-`
/// @param storageClass as given; it changes nothing
/// @param lock what keeps the object from being deleted
/// @param encryption how its bytes are encrypted, if they are
public record ObjectAttributes(
    SortedMap<String, String> headers,
    SortedMap<String, String> metadata,
    String storageClass,
    ObjectLock lock,
    Optional<Encryption> encryption) {
  /// The class of an object that was given none.
  public static final String STANDARD = "STANDARD";

  /// An object of which nothing is said.
  public static final ObjectAttributes NONE =
      plain(Collections.emptySortedMap(), Collections.emptySortedMap());

  /// Copies the maps.
  public ObjectAttributes {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /// An object with headers and metadata of which nothing else is said.
  public static ObjectAttributes plain(
      SortedMap<String, String> headers, SortedMap<String, String> metadata) {
    return new ObjectAttributes(headers, metadata, STANDARD, ObjectLock.NONE, Optional.empty());
  }

  /// The same under another lock.
  public ObjectAttributes withLock(ObjectLock other) {
    return new ObjectAttributes(headers, metadata, storageClass, other, encryption);
  }
}
