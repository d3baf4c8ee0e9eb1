package cloud.bevy.services.buckets;

import java.time.Instant;

/// Says that from then on a key had no object, though older versions are kept.
public record DeleteMarker(ObjectKey key, ObjectVersion version, Instant modified)
    implements KeyVersion {}
