package cloud.bevy.services.buckets;

import java.time.Instant;

/// A version of a key: an object, or the mark that says that there is none.
public sealed interface KeyVersion permits StoredObject, DeleteMarker {
  /// The key.
  ObjectKey key();

  /// Which of the key's versions it is.
  ObjectVersion version();

  /// When it was stored.
  Instant modified();
}
