package cloud.bevy.services.messages;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The messages of an open cloud. All who connect, publish and are told take turns, each for as
/// long as a look into memory takes: what has to last is in the journal by then and not yet on the
/// disk, and who has to know when it is gets a [Ticket].
public final class Messages implements AutoCloseable {
  /// How long who publishes waits for somebody who is too slow.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cloud cloud;
  private final World world;
  private final MessageCount count;
  private final ReentrantLock lock = new ReentrantLock();
  private Journal journal;
  private State state = new State();
  private long lastPassing;
  private boolean closed;

  /// Whether what is in memory is all that the journal says.
  private boolean loaded;

  private boolean clearing;

  Messages(Cloud cloud, MessageCount count) {
    this.cloud = cloud;
    this.world = cloud.world();
    this.count = count;
    this.journal = new Journal(cloud);
    var _ = sweep();
  }

  /// What became of somebody who wants to connect.
  public sealed interface Admission {
    /// It is connected.
    ///
    /// @param present whether its session was there
    /// @param ticket says when that is durable
    record Admitted(Connection connection, boolean present, Optional<Ticket> ticket)
        implements Admission {}

    /// There are too many sessions.
    record Full() implements Admission {}
  }

  /// Publishes a message for the cloud itself. Waits a moment for who is too slow.
  ///
  /// @return taken; durable once its ticket says so
  public Publishing publish(Message message) {
    return publish(message, null, 0);
  }

  /// Says when all is durable that was noted so far.
  Ticket noted() {
    return in(() -> journal.last());
  }

  /// Connects a client, in the place of another connection of the same client.
  public Admission connect(Hello hello, Receiver receiver) {
    Admission admission = admit(hello, receiver);
    try {
      ask();
      return admission;
    } catch (RuntimeException unasked) {
      if (admission instanceof Admission.Admitted admitted) {
        admitted.connection().leave(); // nobody else will, as nobody hears of it
      }
      throw unasked;
    }
  }

  private Admission admit(Hello hello, Receiver receiver) {
    return in(() -> {
      Session before = state.byClient.get(hello.client());
      if (before != null && before.connection != null) {
        before.connection.receiver().ended(Receiver.Ending.TAKEN_OVER);
        leave(before, true, before.lifetime);
        before = state.byClient.get(hello.client());
      }
      if (before != null && (hello.clean() || over(before))) {
        settleWill(before);
        commit(new Deed.Ended(before.number), before.journaled(), List.of());
        before = null;
      }
      if (before == null && state.byClient.size() >= MessageLimits.SESSIONS) {
        return new Admission.Full();
      }
      boolean journaled = hello.lifetime() > 0 || hello.will().isPresent() || before != null;
      long fresh = journaled ? state.nextSession : --lastPassing;
      long number = before == null ? fresh : before.number;
      commit(
          new Deed.Opened(number, hello.client(), hello.lifetime(), hello.will()),
          journaled,
          List.of());
      Session session = state.find(number).orElseThrow();
      Connection connection = new Connection(this, session, hello.window(), receiver);
      session.connection = connection;
      return new Admission.Admitted(
          connection, before != null, journaled ? Optional.of(journal.last()) : Optional.empty());
    });
  }

  /// Ends sessions whose time is over and publishes wills that are due.
  ///
  /// @return when there will be something to do again
  Optional<Instant> sweep() {
    return in(() -> {
      long now = now();
      for (Session each : List.copyOf(state.byClient.values())) {
        if (each.closed != 0 && each.will.isPresent() && willDue(each) <= now) {
          settleWill(each);
        }
        if (over(each)) {
          commit(new Deed.Ended(each.number), each.journaled(), List.of());
        }
      }
      state.retained.entrySet().stream()
          .filter(kept -> kept.getValue().expires() <= now)
          .map(Map.Entry::getKey)
          .toList()
          .forEach(state::unretain);
      tidy(false);
      return next();
    });
  }

  /// When there will be something to do.
  private Optional<Instant> next() {
    return state.byClient.values().stream()
        .filter(Session::journaled)
        .map(each ->
            each.closed == 0
                ? world.time().now().plus(MessageAlarms.GLANCE)
                : Instant.ofEpochMilli(
                    each.will.isPresent() ? willDue(each) : each.closed + each.lifetime * 1_000))
        .min(Instant::compareTo);
  }

  /// Has the cloud woken when there will be something to do. Not in the turn.
  void ask() {
    Optional<Instant> moment = in(this::next);
    moment.ifPresent(it -> cloud.wakeBy(MessageAlarms.NAME, it));
  }

  private boolean over(Session session) {
    return session.closed != 0 && session.closed + session.lifetime * 1_000 <= now();
  }

  private static long willDue(Session session) {
    long delay = session.will.map(Will::delay).orElse(0L);
    return session.closed + Math.min(delay, session.lifetime) * 1_000;
  }

  private void settleWill(Session session) {
    Optional<Will> will = session.will;
    if (will.isEmpty()) {
      return;
    }
    Instant expires =
        will.get().lifetime() == 0
            ? Instant.MAX
            : world.time().now().plusSeconds(will.get().lifetime());
    Message said = will.get().message();
    Message message =
        new Message(
            said.topic(),
            said.payload(),
            said.quality(),
            said.retain(),
            expires,
            said.properties());
    session.will = Optional.empty();
    if (offer(message, session, 0, false) instanceof Offer.Settled(Publishing.Full())) {
      count.drop();
    }
    // Behind it, so that a crash between the two has it told twice and not never.
    commit(new Deed.WillDone(session.number), session.journaled(), List.of());
  }

  /// Takes a connection's session apart from it. In the turn.
  void leave(Session session, boolean will, long lifetime) {
    acknowledge(session);
    long kept = session.lifetime == 0 ? 0 : Math.min(lifetime, MessageLimits.LIFETIME);
    commit(
        new Deed.Closed(session.number, now(), kept, will, session.underWay()),
        session.journaled(),
        List.of());
    if (session.will.isPresent() && willDue(session) <= now()) {
      settleWill(session);
    }
    if (kept == 0) {
      commit(new Deed.Ended(session.number), session.journaled(), List.of());
    }
    tidy(false);
  }

  /// Writes down what a client has. In the turn.
  void acknowledge(Session session) {
    if (!session.done.isEmpty()) {
      List<Long> places = List.copyOf(session.done);
      session.done.clear();
      journal.append(new Deed.Done(session.number, places), List.of());
    }
  }

  /// What becomes of a message in one turn.
  private sealed interface Offer {
    record Settled(Publishing outcome) implements Offer {}

    record Wait(Session session, CompletableFuture<Void> room) implements Offer {}
  }

  /// Publishes a message of a client.
  ///
  /// @param packetId its number where it is to arrive once; else 0
  Publishing publish(Message message, @Nullable Connection from, int packetId) {
    long begun = world.time().nanos();
    while (true) {
      Duration left = PATIENCE.minusNanos(world.time().nanos() - begun);
      switch (in(() -> offer(message, from, packetId, left.isPositive()))) {
        case Offer.Settled(var outcome) -> {
          return outcome;
        }
        case Offer.Wait(_, var room) -> await(room, left);
      }
    }
  }

  private void await(CompletableFuture<Void> room, Duration left) {
    try {
      world.tasks().await(room, left);
    } catch (TimeoutException late) {
      // It is offered once more, to whoever is still there.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Offer offer(Message message, @Nullable Connection from, int packetId, boolean patient) {
    if (from == null) {
      return offer(message, (Session) null, packetId, patient);
    }
    return from.here()
        ? offer(message, from.session(), packetId, patient)
        : new Offer.Settled(new Publishing.Gone());
  }

  private Offer offer(Message message, @Nullable Session from, int packetId, boolean patient) {
    Routes routes = Routes.of(state, message, from);
    Session slow = routes.full;
    if (slow != null) {
      boolean waits = patient && slow.connection != null && !slow.equals(from);
      if (waits && !Thread.currentThread().isInterrupted()) {
        return new Offer.Wait(slow, slow.room());
      }
      if (slow.connection == null || slow.lasting()) {
        return new Offer.Settled(new Publishing.Full());
      }
      slow.connection.receiver().ended(Receiver.Ending.TOO_SLOW);
      leave(slow, true, 0);
      return slow.equals(from)
          ? new Offer.Settled(new Publishing.Gone())
          : offer(message, from, packetId, patient);
    }
    boolean kept = message.retain() && !retainable(message);
    boolean much =
        !routes.lasting.isEmpty()
            && (state.totals.entries >= MessageLimits.CLOUD_QUEUED
                || state.totals.bytes >= MessageLimits.CLOUD_BYTES);
    if (kept || much) {
      return new Offer.Settled(new Publishing.Full());
    }
    return new Offer.Settled(take(message, routes, origin(from, packetId)));
  }

  private static Deed.Origin origin(@Nullable Session from, int packetId) {
    return from == null || packetId == 0
        ? Deed.Origin.NONE
        : new Deed.Origin(from.number, packetId);
  }

  private boolean retainable(Message message) {
    State.Kept before = state.retained.get(message.topic().text());
    long bytes = state.retainedBytes - (before == null ? 0 : before.size());
    return message.payload().length == 0
        || (bytes + message.size() <= MessageLimits.CLOUD_BYTES
            && (before != null || state.retained.size() < MessageLimits.RETAINED));
  }

  private Publishing take(Message message, Routes routes, Deed.Origin origin) {
    count.publish();
    for (int i = 0; i < routes.dropped; i++) {
      count.drop();
    }
    boolean lasts =
        !routes.lasting.isEmpty()
            || message.retain()
            || state.find(origin.session()).filter(Session::lasting).isPresent();
    if (lasts) {
      List<Runnable> then = new ArrayList<>();
      routes.lasting.forEach(each -> readier(each).ifPresent(then::add));
      commit(new Deed.Published(message, origin, routes.lasting), true, then);
    } else if (origin.session() != 0) {
      state.find(origin.session()).orElseThrow().incoming.add(origin.packetId());
    }
    if (!routes.passing.isEmpty()) {
      state.apply(
          new Deed.Published(message, Deed.Origin.NONE, routes.passing), Delivery.NOWHERE, true);
      routes.passing.forEach(each -> readier(each).ifPresent(Runnable::run));
    }
    return new Publishing.Taken(
        routes.lasting.size() + routes.passing.size(),
        lasts ? Optional.of(journal.last()) : Optional.empty());
  }

  private Optional<Runnable> readier(Deed.Recipient recipient) {
    return state
        .find(recipient.session())
        .map(session -> session.connection)
        .map(connection -> connection.receiver()::ready);
  }

  /// Does something, and notes it where it has to last. In the turn.
  ///
  /// @param then done once it is durable
  /// @return where it is noted
  long commit(Deed record, boolean lasts, List<Runnable> then) {
    long place = lasts ? journal.append(record, then) : Delivery.NOWHERE;
    state.apply(record, place, true);
    if (lasts) {
      tidy(false);
    }
    return place;
  }

  State state() {
    return state;
  }

  Journal journal() {
    return journal;
  }

  MessageCount count() {
    return count;
  }

  long now() {
    return world.time().now().toEpochMilli();
  }

  /// Takes the turn.
  <T> T in(Supplier<T> action) {
    lock.lock();
    try {
      if ((journal.failed() || !loaded) && !closed) {
        reload();
      }
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /// Begins, or begins anew, with what is on the disk. Where that fails, nothing else is done
  /// before it succeeds.
  private void reload() {
    if (journal.failed()) {
      world.log().warning("messages of cloud " + cloud.name() + " were not stored: begun anew");
    }
    loaded = false;
    for (Session each : state.byClient.values()) {
      Connection connection = each.connection;
      each.connection = null;
      if (connection != null) {
        connection.receiver().ended(Receiver.Ending.UNAVAILABLE);
      }
    }
    state = new State();
    journal = new Journal(cloud);
    load();
    loaded = true;
  }

  private void load() {
    boolean cleared = Wholes.load(journal, state);
    for (Session each : List.copyOf(state.byClient.values())) {
      if (each.closed == 0) {
        List<Deed.Numbering> maybeTold =
            each.waiting.stream()
                .limit(MessageLimits.WINDOW)
                .map(it -> new Deed.Numbering(it.place, it.packetId))
                .toList();
        commit(
            new Deed.Closed(each.number, now(), each.lifetime, true, maybeTold), true, List.of());
      }
    }
    if (!cleared) {
      tidy(true);
    }
  }

  /// Writes a whole where much has come since the last, and has the rest forgotten.
  private void tidy(boolean must) {
    if (must || (!clearing && Wholes.due(journal, state))) {
      Wholes.Outcome whole = Wholes.write(journal, state, must);
      Journal written = journal;
      clearing = true;
      Optional<Lease> lease = cloud.stayOpen();
      world.tasks().start("messages journal", () -> clear(written, whole, lease));
    }
  }

  private void clear(Journal written, Wholes.Outcome whole, Optional<Lease> lease) {
    try {
      Wholes.clear(cloud, written, whole);
      in(() ->
          written.equals(journal)
              ? written.append(new Deed.Cleared(whole.begin()), List.of())
              : whole.begin());
    } finally {
      lock.lock();
      try {
        clearing = false;
      } finally {
        lock.unlock();
      }
      lease.ifPresent(Lease::close);
    }
  }

  /// Ends all connections.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Session each : state.byClient.values()) {
        if (!journal.failed()) {
          acknowledge(each);
        }
        if (each.connection != null) {
          each.connection.receiver().ended(Receiver.Ending.CLOSED);
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
