package cloud.bevy.doors.mqtt;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.services.messages.Connection;
import cloud.bevy.services.messages.Message;
import cloud.bevy.services.messages.MessageLimits;
import cloud.bevy.services.messages.Publishing;
import cloud.bevy.services.messages.Quality;
import cloud.bevy.services.messages.Subscription;
import cloud.bevy.services.messages.TopicFilter;
import cloud.bevy.services.messages.TopicName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a client that is connected says, packet by packet.
final class Talk {
  private final World world;
  private final Outbox outbox;
  private final Connection connection;
  private final Terms terms;
  private final @Nullable TopicName[] aliases = new TopicName[Peer.ALIASES];
  private boolean will = true;
  private OptionalLong lifetime = OptionalLong.empty();

  /// On what the client was let in.
  ///
  /// @param readOnly whether it may publish nothing
  /// @param lasting whether its session was to outlive it
  record Terms(int version, boolean readOnly, boolean lasting) {
    boolean five() {
      return version == ConnectPacket.FIVE;
    }
  }

  Talk(World world, Outbox outbox, Connection connection, Terms terms) {
    this.world = world;
    this.outbox = outbox;
    this.connection = connection;
    this.terms = terms;
  }

  /// Whether the client's will stands.
  boolean will() {
    return will;
  }

  /// How many seconds the session is to last, where the client has said so at the end.
  OptionalLong lifetime() {
    return lifetime;
  }

  /// Does what a packet says.
  ///
  /// @return whether there may be another
  boolean take(Frame frame) throws IOException, Violation {
    PacketType type = frame.type();
    if (type != PacketType.PUBLISH && frame.flags() != type.flags()) {
      throw Violation.malformed("a packet has flags that it may not have");
    }
    Fields fields = frame.fields();
    switch (type) {
      case PUBLISH -> publish(frame);
      case PUBACK -> {
        // One of before the client came back is answered to nothing, as a PUBCOMP is.
        connection.acknowledged(answered(fields).packetId());
        outbox.ready();
      }
      case PUBREC -> received(answered(fields));
      case PUBREL -> release(answered(fields).packetId());
      case PUBCOMP -> {
        connection.completed(answered(fields).packetId());
        outbox.ready();
      }
      case SUBSCRIBE -> subscribe(SubscribePacket.read(terms.version(), fields));
      case UNSUBSCRIBE -> unsubscribe(UnsubscribePacket.read(terms.version(), fields));
      case PINGREQ -> {
        fields.end();
        send(outbox.packet().pong());
      }
      case DISCONNECT -> {
        disconnect(fields);
        return false;
      }
      case RESERVED, CONNECT, CONNACK, SUBACK, UNSUBACK, PINGRESP, AUTH ->
          throw Violation.protocol("a client does not send " + type + " here");
    }
    return true;
  }

  /// What a client says of a message that it was sent.
  private record Answered(int packetId, int reason) {}

  private Answered answered(Fields fields) throws Violation {
    int id = fields.packetId();
    int reason = Reason.SUCCESS;
    if (terms.five() && fields.remaining() > 0) {
      reason = fields.octet();
      if (fields.remaining() > 0) {
        var _ = Properties.read(fields, Properties.OF_ANSWER);
      }
    }
    fields.end();
    return new Answered(id, reason);
  }

  private void send(PacketWriter packet) throws IOException {
    outbox.send(packet, Optional.empty());
  }

  private void publish(Frame frame) throws IOException, Violation {
    PublishPacket packet = PublishPacket.read(terms.version(), frame, aliases, world.time().now());
    Message message = packet.message();
    if (message.payload().length > MessageLimits.PAYLOAD) {
      throw new Violation(Reason.PACKET_TOO_LARGE, "a message is too large");
    }
    if (terms.readOnly()) {
      refuse(message, packet.packetId(), Reason.NOT_AUTHORIZED);
    } else if (!packet.fits()) {
      refuse(message, packet.packetId(), Reason.FORMAT_INVALID);
    } else {
      publish(message, packet.packetId());
    }
  }

  private void publish(Message message, int id) throws IOException, Violation {
    boolean once = message.quality() == Quality.EXACTLY_ONCE;
    if (once) {
      switch (connection.number(id)) {
        case KNOWN -> {
          answer(message, id, Reason.SUCCESS, Optional.of(connection.noted()));
          return;
        }
        case TOO_MANY -> throw new Violation(Reason.RECEIVE_MAXIMUM, "too much is under way");
        case NEW -> {
          // It is published.
        }
      }
    }
    switch (connection.publish(message, once ? id : 0)) {
      case Publishing.Taken(int receivers, Optional<Ticket> ticket) -> {
        if (message.quality() != Quality.AT_MOST_ONCE) {
          int reason = receivers == 0 ? Reason.NO_MATCHING_SUBSCRIBERS : Reason.SUCCESS;
          answer(message, id, reason, ticket);
        }
      }
      case Publishing.Gone() -> throw new Violation(Reason.TAKEN_OVER, "it is cut off");
      case Publishing.Full() -> {
        if (message.quality() != Quality.AT_MOST_ONCE) {
          refuse(message, id, Reason.QUOTA_EXCEEDED);
        }
      }
    }
  }

  /// Refuses a message, where that can be said; before version 5 and of what may get lost it
  /// cannot, and a client must not be left to think that it was taken.
  private void refuse(Message message, int id, int reason) throws IOException, Violation {
    if (!terms.five() || message.quality() == Quality.AT_MOST_ONCE) {
      throw new Violation(reason, "a message is not taken");
    }
    answer(message, id, reason, Optional.empty());
  }

  private void answer(Message message, int id, int reason, Optional<Ticket> ticket)
      throws IOException {
    boolean once = message.quality() == Quality.EXACTLY_ONCE;
    PacketType type = once ? PacketType.PUBREC : PacketType.PUBACK;
    outbox.send(outbox.packet().answer(type, id, reason), ticket);
  }

  private void received(Answered answered) throws IOException {
    boolean refused = answered.reason() >= Reason.UNSPECIFIED;
    boolean known = connection.received(answered.packetId(), refused);
    if (!known && !refused) {
      send(outbox.packet().answer(PacketType.PUBREL, answered.packetId(), Reason.ID_NOT_FOUND));
    }
    outbox.ready();
  }

  private void release(int id) throws IOException {
    Connection.Changed<Boolean> released = connection.release(id);
    int reason = released.answers().getFirst() ? Reason.SUCCESS : Reason.ID_NOT_FOUND;
    outbox.send(outbox.packet().answer(PacketType.PUBCOMP, id, reason), released.ticket());
  }

  private void subscribe(SubscribePacket packet) throws IOException {
    List<Subscription> asked = packet.asked().stream().flatMap(Optional::stream).toList();
    Connection.Changed<Connection.Answer> changed = connection.subscribe(asked);
    int[] reasons = new int[packet.asked().size()];
    int next = 0;
    for (int i = 0; i < reasons.length; i++) {
      Optional<Subscription> each = packet.asked().get(i);
      if (each.isEmpty()) {
        reasons[i] = Reason.FILTER_INVALID;
      } else {
        boolean taken = changed.answers().get(next++) == Connection.Answer.TAKEN;
        reasons[i] = taken ? each.get().most().level() : Reason.QUOTA_EXCEEDED;
      }
    }
    outbox.send(
        outbox.packet().answers(PacketType.SUBACK, packet.packetId(), reasons), changed.ticket());
  }

  private void unsubscribe(UnsubscribePacket packet) throws IOException {
    List<TopicFilter> filters = packet.filters().stream().flatMap(Optional::stream).toList();
    Connection.Changed<Boolean> changed = connection.unsubscribe(filters);
    int[] reasons = new int[packet.filters().size()];
    int next = 0;
    for (int i = 0; i < reasons.length; i++) {
      if (packet.filters().get(i).isEmpty()) {
        reasons[i] = Reason.FILTER_INVALID;
      } else {
        boolean was = changed.answers().get(next++);
        reasons[i] = was ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION;
      }
    }
    outbox.send(
        outbox.packet().answers(PacketType.UNSUBACK, packet.packetId(), reasons), changed.ticket());
  }

  private void disconnect(Fields fields) throws Violation {
    int reason = Reason.SUCCESS;
    if (terms.five() && fields.remaining() > 0) {
      reason = fields.octet();
      if (fields.remaining() > 0) {
        Properties properties = Properties.read(fields, Properties.OF_DISCONNECT);
        if (properties.has(Properties.SESSION_EXPIRY)) {
          long asked = properties.number(Properties.SESSION_EXPIRY, 0);
          if (!terms.lasting() && asked != 0) {
            throw Violation.protocol("a session that was not to last is to last");
          }
          lifetime = OptionalLong.of(asked);
        }
      }
    }
    fields.end();
    will = reason != Reason.SUCCESS;
  }
}
