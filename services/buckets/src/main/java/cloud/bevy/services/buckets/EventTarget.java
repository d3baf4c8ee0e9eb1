package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;

/// The functions and topics that can be told of what happens in buckets. Whoever builds the program
/// knows them. A name that begins with [NotificationRule#TOPIC] is a topic's.
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

  /// Whether a cloud has a function of that name, or can have such a topic.
  boolean exists(Cloud cloud, String function);

  /// Says to a topic that it will be told of events, and waits until that is durable.
  ///
  /// @return whether it could be said
  default boolean announce(Cloud cloud, String topic, byte[] document) {
    return false;
  }

  /// Tells a function of an event, and waits for its answer.
  Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event);
}
