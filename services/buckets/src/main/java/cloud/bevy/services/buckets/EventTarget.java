package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;

/// The functions that can be told of what happens in buckets. Whoever builds the program knows
/// them.
public interface EventTarget {
  /// What became of an event.
  enum Answer {
    /// The function has taken it.
    TAKEN,
    /// The function has run and has not taken it.
    REFUSED,
    /// The function could not be asked, or did not answer.
    LOST
  }

  /// Whether a cloud has a function of that name.
  boolean exists(Cloud cloud, String function);

  /// Tells a function of an event, and waits for its answer.
  Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event);
}
