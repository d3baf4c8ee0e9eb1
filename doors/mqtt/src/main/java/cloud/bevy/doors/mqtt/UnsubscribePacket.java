package cloud.bevy.doors.mqtt;

import cloud.bevy.services.messages.MessageLimits;
import cloud.bevy.services.messages.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client does not want to hear of any more (MQTT 5.0, section 3.10).
///
/// @param filters nothing in the place of one that cannot be one
record UnsubscribePacket(int packetId, List<Optional<TopicFilter>> filters) {
  static UnsubscribePacket read(int version, Fields fields) throws Violation {
    int id = fields.packetId();
    if (version == ConnectPacket.FIVE) {
      var _ = Properties.read(fields, Properties.OF_UNSUBSCRIBE);
    }
    List<Optional<TopicFilter>> filters = new ArrayList<>();
    while (fields.remaining() > 0) {
      if (filters.size() == MessageLimits.SUBSCRIPTIONS) {
        throw new Violation(Reason.QUOTA_EXCEEDED, "too many filters in a packet");
      }
      filters.add(TopicFilter.of(fields.text()));
    }
    if (filters.isEmpty()) {
      throw Violation.protocol("nothing is unsubscribed from");
    }
    return new UnsubscribePacket(id, filters);
  }
}
