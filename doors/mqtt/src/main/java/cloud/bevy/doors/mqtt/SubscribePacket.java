package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.MessageLimits;
import cloud.bevy.services.messages.Quality;
import cloud.bevy.services.messages.Subscription;
import cloud.bevy.services.messages.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client wants to hear of (MQTT 5.0, section 3.8).
///
/// @param asked nothing in the place of a filter that cannot be one
record SubscribePacket(int packetId, List<Optional<Subscription>> asked) {
  private static final int NO_LOCAL = 4;
  private static final int AS_PUBLISHED = 8;
  private static final int RETAINED_SHIFT = 4;
  private static final int UNKNOWN = 0xc0;
  private static final int UNKNOWN_BEFORE_FIVE = 0xfc;

  static SubscribePacket read(int version, Fields fields) throws Violation {
    int id = fields.packetId();
    boolean five = version == ConnectPacket.FIVE;
    Properties properties =
        five ? Properties.read(fields, Properties.OF_SUBSCRIBE) : Properties.NONE;
    int identifier = (int) properties.number(Properties.SUBSCRIPTION_ID, 0);
    List<Optional<Subscription>> asked = new ArrayList<>();
    while (fields.remaining() > 0) {
      if (asked.size() == MessageLimits.SUBSCRIPTIONS) {
        throw new Violation(Reason.QUOTA_EXCEEDED, "too many filters in a packet");
      }
      Optional<TopicFilter> filter = TopicFilter.of(fields.text());
      int options = fields.octet();
      boolean bad = (options & 3) > 2 || options >> RETAINED_SHIFT > 2;
      if (bad || (options & (five ? UNKNOWN : UNKNOWN_BEFORE_FIVE)) != 0) {
        throw Violation.malformed("the options of a filter contradict each other");
      }
      boolean noLocal = (options & NO_LOCAL) != 0;
      if (noLocal && filter.filter(TopicFilter::shared).isPresent()) {
        throw Violation.protocol("members of a group hear of what they say themselves");
      }
      asked.add(filter.map(it -> subscription(it, options, identifier)));
    }
    if (asked.isEmpty()) {
      throw Violation.protocol("nothing is subscribed to");
    }
    return new SubscribePacket(id, asked);
  }

  private static Subscription subscription(TopicFilter filter, int options, int identifier) {
    Subscription.Terms terms =
        new Subscription.Terms(
            (options & NO_LOCAL) != 0,
            (options & AS_PUBLISHED) != 0,
            Subscription.Retained.of(options >> RETAINED_SHIFT));
    return new Subscription(filter, Quality.of(options & 3), terms, identifier);
  }
}
