package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.doors.aws.EventDocument;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.services.buckets.BucketEvent;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.EventTarget;
import cloud.bevy.services.buckets.NotificationRule;
import cloud.bevy.services.messages.Broker;
import cloud.bevy.services.messages.Message;
import cloud.bevy.services.messages.MessageProperties;
import cloud.bevy.services.messages.Publishing;
import cloud.bevy.services.messages.Quality;
import cloud.bevy.services.messages.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who is told of what happens in buckets: the functions of the cloud's apps, and its topics.
///
/// @param functions those that there are
/// @param broker where the topics are
record NodeEvents(EventTarget functions, Broker broker) implements EventTarget {
  private static final MessageProperties JSON =
      new MessageProperties(Optional.of(true), "application/json", "", Optional.empty(), List.of());

  @Override
  public boolean exists(Cloud cloud, String listener) {
    Optional<String> topic = NotificationRule.topic(listener);
    return topic.isPresent() ? topic(topic.get()).isPresent() : functions.exists(cloud, listener);
  }

  @Override
  public boolean announce(Cloud cloud, String listener, byte[] document) {
    return NotificationRule.topic(listener)
        .flatMap(NodeEvents::topic)
        .filter(topic -> publish(cloud, topic, document) == Answer.TAKEN)
        .isPresent();
  }

  @Override
  public Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    return NotificationRule.topic(event.function())
        .flatMap(NodeEvents::topic)
        .map(topic -> publish(cloud, topic, EventDocument.write(cloud, bucket, event)))
        .orElseGet(() -> functions.tell(cloud, bucket, event));
  }

  private static Optional<TopicName> topic(String text) {
    return TopicName.of(text).filter(name -> !name.reserved());
  }

  /// An event is taken once it is durable for all who are to be told of it.
  private Answer publish(Cloud cloud, TopicName topic, byte[] document) {
    Message message = new Message(topic, document, Quality.AT_LEAST_ONCE, false, Instant.MAX, JSON);
    try {
      return switch (broker.of(cloud).publish(message)) {
        case Publishing.Taken(_, var ticket) -> {
          ticket.ifPresent(cloud::durable);
          yield Answer.TAKEN;
        }
        case Publishing.Full(), Publishing.Gone() -> Answer.LOST;
      };
    } catch (Fault notStored) {
      return Answer.LOST; // it is tried again
    }
  }
}
