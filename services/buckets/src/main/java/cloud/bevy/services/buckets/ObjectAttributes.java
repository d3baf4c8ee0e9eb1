package cloud.bevy.services.buckets;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a client gives along with an object's bytes and gets back as it gave it.
///
/// @param headers the kept headers by their names in lower case: `content-type`, `cache-control`
/// @param metadata user metadata by names in lower case, without `x-amz-meta-`
/// @param storageClass as given, or as the bucket's lifecycle has changed it; it means nothing else
/// @param tags the object's tags, which may change while the object stays
/// @param lock what keeps the object from being deleted
/// @param encryption how its bytes are encrypted, if they are
/// @param access whose the object is and whom its owner lets at it
public record ObjectAttributes(
    SortedMap<String, String> headers,
    SortedMap<String, String> metadata,
    String storageClass,
    SortedMap<String, String> tags,
    ObjectLock lock,
    Optional<Encryption> encryption,
    ObjectAccess access) {
  /// The class of an object that was given none.
  public static final String STANDARD = "STANDARD";

  /// An object of which nothing is said.
  public static final ObjectAttributes NONE =
      plain(Collections.emptySortedMap(), Collections.emptySortedMap());

  /// Copies the maps.
  public ObjectAttributes {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /// The same with other tags.
  public ObjectAttributes withTags(SortedMap<String, String> others) {
    return new ObjectAttributes(headers, metadata, storageClass, others, lock, encryption, access);
  }

  /// The same in another storage class.
  ObjectAttributes withStorageClass(String other) {
    return new ObjectAttributes(headers, metadata, other, tags, lock, encryption, access);
  }

  /// An object with headers and metadata of which nothing else is said.
  public static ObjectAttributes plain(
      SortedMap<String, String> headers, SortedMap<String, String> metadata) {
    return new ObjectAttributes(
        headers,
        metadata,
        STANDARD,
        Collections.emptySortedMap(),
        ObjectLock.NONE,
        Optional.empty(),
        ObjectAccess.OWNERS);
  }

  /// The same under another lock.
  public ObjectAttributes withLock(ObjectLock other) {
    return new ObjectAttributes(headers, metadata, storageClass, tags, other, encryption, access);
  }

  /// The same of an object that others own or may use.
  public ObjectAttributes withAccess(ObjectAccess other) {
    return new ObjectAttributes(headers, metadata, storageClass, tags, lock, encryption, other);
  }
}
