package cloud.bevy.services.messages;

import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A client that is connected: what it says, and what it is told. Its door asks [#next] whenever
/// its [Receiver] was said to be ready, from one task.
public final class Connection {
  /// How many messages are told at a time, and how many bytes of them.
  private static final int MOST = 64;

  private static final long MOST_BYTES = 256 << 10;

  /// How many acknowledged messages are written down at once.
  private static final int DONE = 64;

  private final Messages messages;
  private final Session session;
  private final int window;
  private final Receiver receiver;

  Connection(Messages messages, Session session, int window, Receiver receiver) {
    this.messages = messages;
    this.session = session;
    this.window = window;
    this.receiver = receiver;
  }

  Receiver receiver() {
    return receiver;
  }

  /// What became of a number that a client has used for a message that is to arrive once.
  public enum NumberUse {
    /// It is free: the message is new.
    NEW,
    /// The message is here already.
    KNOWN,
    /// The client has more under way than it may.
    TOO_MANY
  }

  /// What became of a subscription.
  public enum Answer {
    /// It is there.
    TAKEN,
    /// There are too many, or too much is retained for it.
    FULL
  }

  /// What became of what was asked for.
  ///
  /// @param answers in the order of what was asked for
  /// @param ticket says when that is durable; nothing where it does not last
  public record Changed<T>(List<T> answers, Optional<Ticket> ticket) {}

  /// Publishes a message. Waits a moment for who is too slow.
  ///
  /// @param packetId the message's number if it is to arrive once, which must be new ([#number])
  public Publishing publish(Message message, int packetId) {
    return messages.publish(message, this, packetId);
  }

  /// Whether a number is new.
  public NumberUse number(int packetId) {
    return messages.in(() -> {
      if (session.incoming.contains(packetId)) {
        return NumberUse.KNOWN;
      }
      return session.incoming.size() < MessageLimits.WINDOW ? NumberUse.NEW : NumberUse.TOO_MANY;
    });
  }

  /// Says when all is durable that was noted so far.
  public Ticket noted() {
    return messages.in(() -> messages.journal().last());
  }

  /// Lets a number be used again.
  ///
  /// @return when that is durable, if it has to be; and whether it was used
  public Changed<Boolean> release(int packetId) {
    return messages.in(() -> {
      boolean known = here() && session.incoming.contains(packetId);
      if (known) {
        boolean lasts = session.lasting();
        messages.commit(new Deed.Released(session.number, packetId), lasts, List.of());
      }
      return new Changed<>(List.of(known), ticket(known));
    });
  }

  /// Subscribes, and has what is retained told.
  public Changed<Answer> subscribe(List<Subscription> asked) {
    Changed<Answer> changed =
        messages.in(() -> {
          List<Answer> answers = new ArrayList<>();
          asked.forEach(each -> answers.add(here() ? subscribe(each) : Answer.FULL));
          return new Changed<>(answers, ticket(true));
        });
    receiver.ready();
    return changed;
  }

  private Answer subscribe(Subscription asked) {
    boolean had = session.subscriptions.containsKey(asked.filter().text());
    if (!had && session.subscriptions.size() >= MessageLimits.SUBSCRIPTIONS) {
      return Answer.FULL;
    }
    boolean tell =
        switch (asked.terms().retained()) {
          case SEND -> true;
          case SEND_IF_NEW -> !had;
          case SKIP -> false;
        };
    List<Deed.Entry> entries = tell && !asked.filter().shared() ? retained(asked) : List.of();
    if (!entries.isEmpty() && !fits(entries)) {
      return Answer.FULL;
    }
    messages.commit(
        new Deed.Subscribed(session.number, List.of(asked)), session.lasting(), List.of());
    if (!entries.isEmpty()) {
      List<Runnable> then = session.lasting() ? List.of(receiver::ready) : List.of();
      messages.commit(new Deed.Waiting(session.number, entries), session.lasting(), then);
    }
    return Answer.TAKEN;
  }

  private boolean fits(List<Deed.Entry> entries) {
    Session.Totals totals = messages.state().totals;
    long bytes = entries.stream().mapToLong(Deed.Entry::size).sum();
    return session.entries() + entries.size() <= MessageLimits.QUEUED
        && session.bytes + bytes <= MessageLimits.QUEUED_BYTES
        && totals.entries + entries.size() <= MessageLimits.CLOUD_QUEUED
        && totals.bytes + bytes <= MessageLimits.CLOUD_BYTES;
  }

  /// What is retained for a subscription, but for what waits for the client anyway: one place of
  /// the journal never waits twice for a session.
  private List<Deed.Entry> retained(Subscription asked) {
    List<Deed.Entry> entries = retainedFor(asked);
    if (!entries.isEmpty()) {
      Set<Long> waiting = session.places();
      entries.removeIf(each -> waiting.contains(each.place()));
    }
    return entries;
  }

  private List<Deed.Entry> retainedFor(Subscription asked) {
    State state = messages.state();
    List<Deed.Entry> entries = new ArrayList<>();
    if (!asked.filter().wild()) {
      State.Kept kept = state.retained.get(asked.filter().text());
      if (kept != null) {
        entry(asked, kept).ifPresent(entries::add);
      }
      return entries;
    }
    state.retained.forEach((topic, kept) -> {
      if (asked.filter().matches(new TopicName(topic))) {
        entry(asked, kept).ifPresent(entries::add);
      }
    });
    return entries;
  }

  private Optional<Deed.Entry> entry(Subscription asked, State.Kept kept) {
    if (kept.expires() <= messages.now()) {
      return Optional.empty();
    }
    Delivery.Way way = Delivery.Way.of(kept.quality().most(asked.most()), true, asked.identifier());
    return Optional.of(new Deed.Entry(kept.place(), kept.size(), way, kept.expires(), 0, 0));
  }

  /// Unsubscribes.
  ///
  /// @return whether there were such subscriptions
  public Changed<Boolean> unsubscribe(List<TopicFilter> filters) {
    return messages.in(() -> {
      List<Boolean> answers =
          filters.stream().map(each -> session.subscriptions.containsKey(each.text())).toList();
      if (here()) {
        messages.commit(
            new Deed.Unsubscribed(session.number, filters.stream().map(TopicFilter::text).toList()),
            session.lasting(),
            List.of());
      }
      return new Changed<>(answers, ticket(true));
    });
  }

  private Optional<Ticket> ticket(boolean changed) {
    return changed && session.lasting() ? Optional.of(messages.journal().last()) : Optional.empty();
  }

  /// What the client is to be told now; nothing if there is nothing, or it has to acknowledge
  /// something first, or something has to become durable.
  public List<Outgoing> next() {
    List<Delivery> taken = new ArrayList<>();
    List<Outgoing> told = new ArrayList<>();
    messages.in(() -> {
      if (here()) {
        take(taken, told);
      }
      return 0;
    });
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i) instanceof Outgoing.Publish publish && publish.message().equals(UNLOADED)) {
        told.set(i, loaded(publish, taken.get(i)));
      }
    }
    messages.count().deliver(told.size());
    return told;
  }

  /// In the place of a message that is not in memory.
  private static final Message UNLOADED =
      Message.of(new TopicName("?"), new byte[0], Quality.AT_MOST_ONCE);

  private Outgoing loaded(Outgoing.Publish publish, Delivery delivery) {
    return new Outgoing.Publish(
        messages.journal().message(delivery.place),
        publish.quality(),
        publish.retained(),
        publish.duplicate(),
        publish.packetId(),
        publish.identifiers());
  }

  Session session() {
    return session;
  }

  /// Ends what nobody has been told of.
  void leave() {
    messages.in(() -> {
      if (here()) {
        messages.leave(session, true, session.lifetime);
      }
      return 0;
    });
  }

  /// Whether the client is connected by this. In the turn.
  boolean here() {
    return this.equals(session.connection);
  }

  private void take(List<Delivery> taken, List<Outgoing> told) {
    long durable = messages.journal().durable();
    long bytes = 0;
    while (told.size() < MOST
        && !session.releases.isEmpty()
        && session.releases.peekFirst().gate <= durable) {
      Delivery released = session.releases.removeFirst();
      taken.add(released);
      told.add(new Outgoing.Release(released.packetId));
    }
    while (told.size() < MOST && bytes < MOST_BYTES) {
      Delivery head = session.waiting.peekFirst();
      if (head == null || head.gate > durable) {
        return;
      }
      if (!head.told && head.expires <= messages.now()) {
        session.waiting.removeFirst();
        finish(head);
        messages.count().drop();
      } else if (head.way.quality() == Quality.AT_MOST_ONCE) {
        session.waiting.removeFirst();
        told.add(outgoing(head));
        taken.add(head);
        session.over(head);
        noteDone(head);
        bytes += head.size;
      } else if (session.told.size() >= window || !number(head)) {
        return;
      } else {
        session.waiting.removeFirst();
        session.told.put(head.packetId, head);
        told.add(outgoing(head));
        taken.add(head);
        head.told = true;
        bytes += head.size;
      }
    }
  }

  private static Outgoing outgoing(Delivery delivery) {
    if (delivery.released) {
      return new Outgoing.Release(delivery.packetId);
    }
    Message message = delivery.message;
    return new Outgoing.Publish(
        message == null ? UNLOADED : message,
        delivery.way.quality(),
        delivery.way.retained(),
        delivery.told,
        delivery.packetId,
        delivery.way.identifiers());
  }

  /// Gives a message its number. One that is to arrive once keeps it over a crash, so it must be
  /// durable before the client sees it; those behind it are given theirs at the same time.
  ///
  /// @return whether it may be sent
  private boolean number(Delivery head) {
    if (head.packetId != 0) {
      return true;
    }
    boolean kept =
        head.way.quality() == Quality.EXACTLY_ONCE && head.durable() && session.lasting();
    if (!kept) {
      head.packetId = session.nextId();
      return true;
    }
    List<Deed.Numbering> numbers = new ArrayList<>();
    for (Delivery each : session.waiting) {
      boolean fits = session.told.size() + numbers.size() < window && numbers.size() < MOST;
      if (!fits || each.packetId != 0 || !each.durable()) {
        break;
      }
      if (each.way.quality() == Quality.EXACTLY_ONCE) {
        each.packetId = session.nextId();
        numbers.add(new Deed.Numbering(each.place, each.packetId));
      } else {
        break;
      }
    }
    long place =
        messages.commit(new Deed.Numbered(session.number, numbers), true, List.of(receiver::ready));
    session.waiting.stream().limit(numbers.size()).forEach(each -> each.gate = place + 1);
    return false;
  }

  /// The client has a message that may arrive twice.
  ///
  /// @return whether it was sent such a one
  public boolean acknowledged(int packetId) {
    return messages.in(() -> here() && finish(packetId, Quality.AT_LEAST_ONCE, false));
  }

  /// The client has a message that is to arrive once, or does not want it.
  ///
  /// @param refused whether it does not want it
  /// @return whether it was sent such a one; [#next] then tells it to forget the number
  public boolean received(int packetId, boolean refused) {
    return messages.in(() -> {
      Delivery delivery = session.told.get(packetId);
      if (!here() || delivery == null || delivery.way.quality() != Quality.EXACTLY_ONCE) {
        return false;
      }
      if (refused) {
        return finish(packetId, Quality.EXACTLY_ONCE, false);
      }
      if (!delivery.released) {
        boolean lasts = delivery.durable() && session.lasting();
        List<Runnable> then = lasts ? List.of(receiver::ready) : List.of();
        long place = messages.commit(new Deed.Arrived(session.number, packetId), lasts, then);
        delivery.released = true;
        delivery.gate = place + 1;
        session.forget(delivery);
      }
      if (!session.releases.contains(delivery)) {
        session.releases.add(delivery);
      }
      return true;
    });
  }

  /// The client has forgotten a number.
  ///
  /// @return whether it was told to
  public boolean completed(int packetId) {
    return messages.in(() -> here() && finish(packetId, Quality.EXACTLY_ONCE, true));
  }

  private boolean finish(int packetId, Quality quality, boolean released) {
    Delivery delivery = session.told.get(packetId);
    if (delivery == null || delivery.way.quality() != quality || delivery.released != released) {
      return false;
    }
    session.told.remove(packetId);
    finish(delivery);
    return true;
  }

  private void finish(Delivery delivery) {
    session.over(delivery);
    noteDone(delivery);
  }

  private void noteDone(Delivery delivery) {
    if (delivery.durable() && session.lasting()) {
      session.done.add(delivery.place);
      if (session.done.size() >= DONE) {
        messages.acknowledge(session);
      }
    }
  }

  /// Ends the connection.
  ///
  /// @param will whether the client's will stands
  public void close(boolean will) {
    close(will, session.lifetime);
  }

  /// Ends the connection, and has the session last for another time than was said before.
  ///
  /// @param lifetime in seconds; ignored where the session was not to last at all
  public void close(boolean will, long lifetime) {
    boolean lasts =
        messages.in(() -> {
          if (!here()) {
            return false;
          }
          messages.leave(session, will, lifetime);
          return session.journaled();
        });
    if (lasts) {
      messages.ask();
    }
  }
}
