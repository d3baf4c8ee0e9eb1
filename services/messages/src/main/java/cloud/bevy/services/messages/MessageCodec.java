package cloud.bevy.services.messages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages as bytes; see `docs/formats/messages.md`.
final class MessageCodec {
  private static final int TEXT_UNKNOWN = 2;

  private MessageCodec() {}

  static void write(Message message, RecordOutput out) {
    out.text(message.topic().text()).octet(message.quality().level()).truth(message.retain());
    out.number(Delivery.expires(message));
    MessageProperties properties = message.properties();
    out.octet(properties.text().map(text -> text ? 1 : 0).orElse(TEXT_UNKNOWN));
    out.text(properties.contentType()).text(properties.responseTopic());
    out.truth(properties.correlation().isPresent());
    properties.correlation().ifPresent(out::bytes);
    out.number(properties.user().size());
    properties.user().forEach(pair -> out.text(pair.name()).text(pair.value()));
    out.bytes(message.payload());
  }

  static Message read(RecordInput in) {
    TopicName topic = new TopicName(in.text());
    Quality quality = quality(in.octet());
    boolean retain = in.truth();
    long expires = in.number();
    MessageProperties properties = properties(in);
    return new Message(topic, in.bytes(), quality, retain, moment(expires), properties);
  }

  static Instant moment(long millis) {
    return millis == Delivery.NEVER ? Instant.MAX : Instant.ofEpochMilli(millis);
  }

  static Quality quality(int level) {
    if (level > Quality.EXACTLY_ONCE.level()) {
      throw MessagesFault.damaged("a quality of " + level);
    }
    return Quality.of(level);
  }

  private static MessageProperties properties(RecordInput in) {
    int text = in.octet();
    String type = in.text();
    String response = in.text();
    Optional<byte[]> correlation = in.truth() ? Optional.of(in.bytes()) : Optional.empty();
    int count = in.small();
    List<MessageProperties.Pair> user = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      user.add(new MessageProperties.Pair(in.text(), in.text()));
    }
    Optional<Boolean> said = text == TEXT_UNKNOWN ? Optional.empty() : Optional.of(text == 1);
    return new MessageProperties(said, type, response, correlation, user);
  }
}
