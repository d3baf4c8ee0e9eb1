package cloud.bevy.services.messages;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sessions, subscriptions and retained messages of a cloud: what the records of its journal
/// come to, and what does not last beside it. Guarded by the lock of [Messages].
final class State {
  final Map<String, Session> byClient = new LinkedHashMap<>();
  final Map<Long, Session> byNumber = new HashMap<>();
  final SubscriptionTree<Session, Interest> direct = new SubscriptionTree<>();
  final SubscriptionTree<String, SharedGroup> shared = new SubscriptionTree<>();
  final Map<String, Kept> retained = new LinkedHashMap<>();
  final Session.Totals totals = new Session.Totals();
  long nextSession = 1;
  long retainedBytes;

  /// How often what is subscribed to has changed.
  long changes;

  /// Who is interested, and in what way.
  record Interest(Session session, Subscription subscription) {}

  /// Where a retained message is.
  record Kept(long place, int size, long expires, Quality quality) {}

  /// Does what a record says.
  ///
  /// @param place where it is; [Delivery#NOWHERE] for what does not last
  /// @param fresh whether it happens now, and not at a start
  void apply(Deed record, long place, boolean fresh) {
    switch (record) {
      case Deed.Published published -> publish(published, place, fresh);
      case Deed.Opened opened -> open(opened);
      case Deed.Subscribed(long number, var subscriptions) ->
          find(number).ifPresent(session -> subscriptions.forEach(it -> subscribe(session, it)));
      case Deed.Unsubscribed(long number, var filters) ->
          find(number).ifPresent(session -> filters.forEach(it -> unsubscribe(session, it)));
      case Deed.Numbered(long number, var numbers) ->
          find(number).ifPresent(session -> number(session, numbers, place, fresh));
      case Deed.Arrived(long number, int id) ->
          find(number)
              .flatMap(session -> session.numbered(id))
              .ifPresent(delivery -> {
                delivery.released = true;
                delivery.told = true;
              });
      case Deed.Done(long number, var places) ->
          find(number)
              .ifPresent(
                  session -> places.forEach(it -> session.take(it).ifPresent(session::over)));
      case Deed.Incoming(long number, int id) ->
          find(number).ifPresent(session -> session.incoming.add(id));
      case Deed.Released(long number, int id) ->
          find(number).ifPresent(session -> session.incoming.remove(id));
      case Deed.Closed closed -> find(closed.session()).ifPresent(it -> close(it, closed));
      case Deed.Ended(long number) -> find(number).ifPresent(this::end);
      case Deed.WillDone(long number) ->
          find(number).ifPresent(session -> session.will = Optional.empty());
      case Deed.Waiting(long number, var entries) ->
          find(number).ifPresent(session -> wait(session, entries, place));
      case Deed.Kept kept ->
          retain(kept.topic(), new Kept(kept.place(), kept.size(), kept.expires(), kept.quality()));
      case Deed.Next(long number) -> nextSession = number;
      case Deed.Whole whole ->
          whole.parts().forEach(part -> apply(RecordCodec.read(part), place, fresh));
      case Deed.Cleared _ -> {
        // Nothing that is still known was cleared.
      }
    }
  }

  Optional<Session> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  private void publish(Deed.Published published, long place, boolean fresh) {
    Message message = published.message();
    for (Deed.Recipient each : published.recipients()) {
      find(each.session())
          .ifPresent(session -> {
            Delivery delivery = Delivery.of(message, place, each.way());
            boolean kept = fresh && session.connection != null;
            if (place != Delivery.NOWHERE
                && (!kept || session.memory + delivery.size > MessageLimits.MEMORY)) {
              delivery.message = null;
            }
            session.add(delivery);
          });
    }
    if (published.origin().session() != 0) {
      find(published.origin().session())
          .ifPresent(session -> session.incoming.add(published.origin().packetId()));
    }
    if (message.retain() && place != Delivery.NOWHERE) {
      Kept kept = new Kept(place, message.size(), Delivery.expires(message), message.quality());
      if (message.payload().length == 0) {
        unretain(message.topic().text());
      } else {
        retain(message.topic().text(), kept);
      }
    }
  }

  void unretain(String topic) {
    Kept before = retained.remove(topic);
    retainedBytes -= before == null ? 0 : before.size();
  }

  private void retain(String topic, Kept kept) {
    unretain(topic);
    retained.put(topic, kept);
    retainedBytes += kept.size();
  }

  private void open(Deed.Opened opened) {
    Session session = byNumber.get(opened.session());
    if (session == null) {
      session = new Session(totals, opened.session(), opened.client(), opened.lifetime());
      byNumber.put(session.number, session);
      byClient.put(session.client, session);
      nextSession = Math.max(nextSession, opened.session() + 1);
    }
    session.lifetime = opened.lifetime();
    session.will = opened.will();
    session.closed = 0;
  }

  private void subscribe(Session session, Subscription subscription) {
    TopicFilter filter = subscription.filter();
    session.subscriptions.put(filter.text(), subscription);
    changes++;
    if (!filter.shared()) {
      direct.put(filter.levels(), session, new Interest(session, subscription));
      return;
    }
    SharedGroup group =
        shared
            .get(filter.levels(), filter.group())
            .orElseGet(() -> {
              SharedGroup made = new SharedGroup();
              shared.put(filter.levels(), filter.group(), made);
              return made;
            });
    group.members.put(session, subscription);
  }

  private void unsubscribe(Session session, String text) {
    Subscription gone = session.subscriptions.remove(text);
    if (gone == null) {
      return;
    }
    changes++;
    TopicFilter filter = gone.filter();
    if (!filter.shared()) {
      direct.remove(filter.levels(), session);
      return;
    }
    shared
        .get(filter.levels(), filter.group())
        .ifPresent(group -> {
          group.members.remove(session);
          if (group.members.isEmpty()) {
            shared.remove(filter.levels(), filter.group());
          }
        });
  }

  private static void number(
      Session session, List<Deed.Numbering> numbers, long place, boolean fresh) {
    Map<Long, Integer> ids = new HashMap<>();
    numbers.forEach(each -> ids.put(each.place(), each.packetId()));
    for (Delivery each : session.waiting) {
      Integer id = each.durable() ? ids.remove(each.place) : null;
      if (id != null) {
        each.packetId = id;
        each.gate = place + 1;
        each.told |= !fresh; // it may have been
      }
      if (ids.isEmpty()) {
        return;
      }
    }
  }

  private static void wait(Session session, List<Deed.Entry> entries, long place) {
    for (Deed.Entry each : entries) {
      Delivery delivery = new Delivery(each.place(), each.size(), each.way(), each.expires());
      delivery.packetId = each.packetId();
      delivery.told = (each.flags() & Deed.Entry.TOLD) != 0;
      delivery.released = (each.flags() & Deed.Entry.RELEASED) != 0;
      delivery.gate = place + 1;
      session.add(delivery);
    }
  }

  private static void close(Session session, Deed.Closed closed) {
    session.connection = null;
    session.closed = closed.at();
    session.lifetime = closed.lifetime();
    if (!closed.will()) {
      session.will = Optional.empty();
    }
    Map<Long, Integer> ids = new HashMap<>();
    closed.told().forEach(each -> ids.put(each.place(), each.packetId()));
    session.rewind();
    for (Delivery each : session.waiting) {
      Integer id = ids.get(each.place);
      if (id != null) {
        each.packetId = Math.max(each.packetId, id);
        each.told = true;
      } else if (each.way.quality() == Quality.AT_LEAST_ONCE) {
        each.packetId = 0;
      }
    }
  }

  private void end(Session session) {
    List.copyOf(session.subscriptions.keySet()).forEach(text -> unsubscribe(session, text));
    session.drop();
    byNumber.remove(session.number);
    byClient.remove(session.client, session);
  }
}
