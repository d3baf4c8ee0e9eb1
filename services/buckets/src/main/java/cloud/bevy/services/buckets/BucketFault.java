package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Fault;

/// A bucket's record that cannot be read as it is.
public final class BucketFault extends Fault {
  private static final long serialVersionUID = 1;

  BucketFault(String reason) {
    super(
        "a record of a bucket cannot be read: " + reason,
        "it was written by a newer or broken program: use a newer one, or restore a backup");
  }
}
