package cloud.bevy.doors.mqtt;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.services.messages.Connection;
import cloud.bevy.services.messages.Outgoing;
import cloud.bevy.services.messages.Quality;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What goes out to a client: answers in their order, each once what it says is durable, and
/// messages. There is a task only while there is something to send; it waits where the client does
/// not read, and who sends meanwhile waits for it.
final class Outbox {
  /// The most answers that wait: with more nothing is read from the client.
  static final int MOST_ANSWERS = 1_024;

  /// How long a client that is to be told why it ends may take to read that.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /// How long nothing is read from a client that reads nothing.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int WRITE = 64 << 10;

  private final World world;
  private final Line line;
  private final int version;
  private final long largest;
  private final AtomicInteger asked = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private @Nullable CompletableFuture<Void> room;
  private volatile @Nullable Connection connection;
  private int ending;

  /// An answer, whether it is known to be true, and what completes once it is sent.
  private record Answer(
      CompletableFuture<Boolean> known, byte[] bytes, CompletableFuture<Void> sent) {}

  /// @param largest the largest packet that the client takes
  Outbox(World world, Line line, int version, long largest) {
    this.world = world;
    this.line = line;
    this.version = version;
    this.largest = largest;
  }

  int version() {
    return version;
  }

  /// Waits until all that can be said was said.
  void drained() throws IOException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    lock.lock();
    try {
      answers.add(new Answer(CompletableFuture.completedFuture(true), new byte[0], sent));
    } finally {
      lock.unlock();
    }
    ready();
    await(sent, FAREWELL);
  }

  PacketWriter packet() {
    return new PacketWriter(version);
  }

  /// Says that the client is let in, and once that is sent lets messages come from there.
  void welcome(PacketWriter packet, Optional<Ticket> ticket, Connection from) throws IOException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    var _ = sent.thenRun(() -> connection = from);
    send(packet, ticket, sent);
  }

  /// Sends a packet once something is durable, after all that was sent before. Waits while too much
  /// waits.
  void send(PacketWriter packet, Optional<Ticket> ticket) throws IOException {
    send(packet, ticket, new CompletableFuture<>());
  }

  private void send(PacketWriter packet, Optional<Ticket> ticket, CompletableFuture<Void> sent)
      throws IOException {
    CompletableFuture<Boolean> known = new CompletableFuture<>();
    CompletableFuture<Void> full = null;
    lock.lock();
    try {
      answers.add(new Answer(known, packet.toArray(), sent));
      if (answers.size() > MOST_ANSWERS) {
        full = new CompletableFuture<>();
        room = full;
      }
    } finally {
      lock.unlock();
    }
    if (ticket.isEmpty() || ticket.get().durable()) {
      known.complete(true);
      ready();
    } else {
      var _ =
          ticket
              .get()
              .stage()
              .whenComplete((_, failure) -> {
                known.complete(failure == null);
                ready();
              });
    }
    if (full != null) {
      await(full, PATIENCE);
    }
  }

  private void await(CompletableFuture<Void> what, Duration deadline) throws IOException {
    try {
      world.tasks().await(what, deadline);
    } catch (TimeoutException late) {
      throw new IOException("the client does not read", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the program ends", stopped);
    }
  }

  /// Ends the connection, with a reason where that can be said. Returns at once.
  void end(int reason) {
    lock.lock();
    try {
      if (ending != 0) {
        return;
      }
      ending = reason;
    } finally {
      lock.unlock();
    }
    ready();
    world.tasks().after(FAREWELL, "mqtt farewell", line::close);
  }

  /// Says that there may be something to send.
  void ready() {
    if (asked.getAndIncrement() == 0) {
      world.tasks().start("mqtt send", this::send);
    }
  }

  private void send() {
    int seen = asked.get();
    try {
      while (seen != 0) {
        while (write()) {
          // There may be more.
        }
        seen = asked.addAndGet(-seen);
      }
    } catch (IOException gone) {
      line.close();
    } catch (RuntimeException broken) {
      world.log().warning("a client of MQTT is cut off: " + broken);
      line.close();
    }
  }

  /// @return whether something was written
  private boolean write() throws IOException {
    PacketWriter out = packet();
    List<Answer> taken = new ArrayList<>();
    int last = take(out, taken);
    Connection from = connection;
    if (last == 0 && from != null) {
      Instant now = world.time().now();
      while (out.length() < WRITE) {
        List<Outgoing> told = from.next();
        if (told.isEmpty()) {
          break;
        }
        told.forEach(each -> write(each, out, from, now));
      }
    }
    boolean some = out.length() > 0;
    if (some) {
      line.write(out.buffer());
    }
    taken.forEach(each -> each.sent().complete(null));
    if (last != 0) {
      line.close();
      throw new IOException("the connection has ended");
    }
    return some || !taken.isEmpty();
  }

  /// @return not 0 where the connection is to end
  private int take(PacketWriter out, List<Answer> taken) {
    lock.lock();
    try {
      Answer head = answers.peekFirst();
      while (head != null && head.known().isDone()) {
        if (!head.known().join()) {
          ending = Reason.IMPLEMENTATION;
          break;
        }
        out.raw(head.bytes());
        taken.add(answers.removeFirst());
        head = answers.peekFirst();
      }
      if (room != null && answers.size() <= MOST_ANSWERS / 2) {
        room.complete(null);
        room = null;
      }
      if (ending != 0) {
        out.disconnect(ending);
      }
      return ending;
    } finally {
      lock.unlock();
    }
  }

  private void write(Outgoing each, PacketWriter out, Connection from, Instant now) {
    switch (each) {
      case Outgoing.Release(int id) -> out.answer(PacketType.PUBREL, id, Reason.SUCCESS);
      case Outgoing.Publish publish -> {
        if (!out.publish(publish, now, largest)) {
          tooLarge(publish, from);
        }
      }
    }
  }

  /// As if the client had taken what is larger than it takes: MQTT 5.0, section 3.1.2.11.4.
  private static void tooLarge(Outgoing.Publish publish, Connection from) {
    if (publish.quality() == Quality.AT_LEAST_ONCE) {
      from.acknowledged(publish.packetId());
    } else if (publish.quality() == Quality.EXACTLY_ONCE) {
      from.received(publish.packetId(), true);
    }
  }
}
