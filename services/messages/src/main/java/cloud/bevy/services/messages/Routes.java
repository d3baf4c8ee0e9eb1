package cloud.bevy.services.messages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is to have a message, and how.
final class Routes {
  /// Those for whom it has to last.
  final List<Deed.Recipient> lasting = new ArrayList<>();

  /// Those who are connected and for whom it has not.
  final List<Deed.Recipient> passing = new ArrayList<>();

  /// Somebody for whom too much waits, if there is one.
  @Nullable Session full;

  /// How many did not get it who would have if they were faster.
  int dropped;

  private final State state;
  private final Message message;
  private final Map<Session, Delivery.Way> ways = new LinkedHashMap<>();

  private Routes(State state, Message message) {
    this.state = state;
    this.message = message;
  }

  /// @param from who publishes; nobody where that is no client
  static Routes of(State state, Message message, @Nullable Session from) {
    Routes routes = new Routes(state, message);
    routes.find(from);
    return routes;
  }

  private void find(@Nullable Session from) {
    state.direct.match(
        message.topic(),
        interest -> {
          boolean own = interest.session().equals(from);
          if (!own || !interest.subscription().terms().noLocal()) {
            ways.merge(interest.session(), way(interest.subscription()), Delivery.Way::and);
          }
        });
    ways.forEach(this::send);
    state.shared.match(
        message.topic(),
        group ->
            group.choose().ifPresent(choice -> send(choice.session(), way(choice.subscription()))));
  }

  private Delivery.Way way(Subscription subscription) {
    return Delivery.Way.of(
        message.quality().most(subscription.most()),
        message.retain() && subscription.terms().asPublished(),
        subscription.identifier());
  }

  private void send(Session session, Delivery.Way way) {
    boolean sure = way.quality() != Quality.AT_MOST_ONCE;
    if (sure && session.lasting()) {
      lasting.add(new Deed.Recipient(session.number, way));
      boolean over =
          session.entries() >= MessageLimits.QUEUED
              || session.bytes + message.size() > MessageLimits.QUEUED_BYTES;
      full = over ? session : full;
    } else if (session.connection != null) {
      boolean over =
          session.memory + message.size() > MessageLimits.MEMORY
              || session.entries() >= MessageLimits.QUEUED;
      if (over && !sure) {
        dropped++;
      } else {
        full = over ? session : full;
        passing.add(new Deed.Recipient(session.number, way));
      }
    }
  }
}
