package cloud.bevy.services.buckets;

import java.util.Optional;

/// A bucket's objects, to be read: as they are now, or as they were.
public sealed interface BucketView permits Bucket, PastBucket {
  /// What is known of a version of a key: an object, or the mark of a deletion.
  ///
  /// @param version its id; nothing for the latest
  Optional<KeyVersion> find(ObjectKey key, Optional<String> version);

  /// Opens a version of an object for reading. Its bytes stay readable until it is closed.
  ///
  /// @param version its id; nothing for the latest
  /// @return nothing where there is no such version, or it is the mark of a deletion, or its bytes
  ///   are no more
  Optional<OpenObject> open(ObjectKey key, Optional<String> version);

  /// Lists objects in the order of their keys' bytes.
  ListPage<StoredObject> list(ListQuery query);

  /// Lists all versions of keys: in the order of the keys' bytes, the latest first.
  ListPage<ListedVersion> listVersions(ListQuery query);
}
