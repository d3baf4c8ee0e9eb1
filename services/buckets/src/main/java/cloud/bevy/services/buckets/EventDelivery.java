package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Goes once through the events of a bucket that functions are still to be told of. Those of one
/// key are told in their order, those of others beside them. What a function has taken is forgotten
/// after it has: whoever stops in between tells it again. Nobody who changes the bucket waits for a
/// function.
final class EventDelivery {
  /// How long events are kept that no function takes.
  static final Duration KEPT = Duration.ofHours(24);

  /// How many functions are told at the same time. Where as many events in a row could not be told,
  /// the function is left alone with all that come after.
  static final int AT_ONCE = 8;

  /// How many events are told of before another bucket has its turn.
  private static final int MOST = 1_000;

  /// How long it takes to notice that the machine is to stop.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Bucket bucket;
  private final BucketCores cores;
  private final EventTarget target;
  private final EventCount count;
  private final World world;

  /// What is told next, one of each lane.
  private final Map<Lane, EventRecord> group = new LinkedHashMap<>();

  private final List<EventRecord> forgotten = new ArrayList<>();

  /// Where something waits that comes first.
  private final Set<Lane> blocked = new HashSet<>();

  /// How many events in a row could not be told to a function.
  private final Map<String, Integer> lost = new HashMap<>();

  private Optional<Instant> next = Optional.empty();
  private int told;
  private long late;

  EventDelivery(Bucket bucket, EventTarget target, EventCount count) {
    this.bucket = bucket;
    this.cores = bucket.cores();
    this.target = target;
    this.count = count;
    this.world = cores.cloud().world();
  }

  /// What is told in order.
  private record Lane(String function, ObjectKey key) {
    static Lane of(EventRecord record) {
      return new Lane(record.event().function(), record.event().subject().key());
    }
  }

  /// Tells of what is to be told.
  ///
  /// @return when there will be something to be told, as far as is known now
  Optional<Instant> run(BooleanSupplier stopping) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      cores.settle();
      Iterator<BeeEntry> rows = cores.events().range(Range.all());
      NotificationConfiguration rules = bucket.settings().notifications(); // no older than they are
      while (rows.hasNext() && told < MOST && !stopping.getAsBoolean()) {
        look(EventRecord.read(rows.next()), rules, stopping);
      }
      tell(stopping);
      warn();
      return rows.hasNext() || stopping.getAsBoolean() ? Optional.of(world.time().now()) : next;
    } finally {
      cores.use().leave();
    }
  }

  private void look(EventRecord record, NotificationConfiguration rules, BooleanSupplier stopping) {
    Instant now = world.time().now();
    Lane lane = Lane.of(record);
    if (!rules.tells(lane.function())) {
      forgotten.add(record);
    } else if (!record.event().at().plus(KEPT).isAfter(now)) {
      forgotten.add(record);
      count.drop();
      late++;
    } else if (record.next().isAfter(now)) {
      postpone(record);
    } else if (mayTell(lane)) {
      if (group.containsKey(lane) || group.size() == AT_ONCE) {
        tell(stopping);
      }
      if (mayTell(lane)) {
        group.put(lane, record);
      }
    }
    if (forgotten.size() >= AT_ONCE) {
      tell(stopping);
    }
  }

  private boolean mayTell(Lane lane) {
    return !blocked.contains(lane) && lost.getOrDefault(lane.function(), 0) < AT_ONCE;
  }

  /// Leaves an event for later, and all of its lane behind it.
  private void postpone(EventRecord record) {
    Lane lane = Lane.of(record);
    blocked.add(lane);
    next = Optional.of(next.filter(record.next()::isAfter).orElse(record.next()));
    if (record.lost()) {
      lost.merge(lane.function(), 1, Integer::sum);
    } else {
      lost.remove(lane.function());
    }
  }

  /// Tells of the group, and remembers durably what became of it.
  private void tell(BooleanSupplier stopping) {
    if (stopping.getAsBoolean()) {
      group.clear(); // what was told last may not have been answered
    }
    Map<EventRecord, CompletableFuture<EventTarget.Answer>> answers = new LinkedHashMap<>();
    group.values().forEach(record -> answers.put(record, ask(record)));
    told += group.size();
    group.clear();
    List<EventRecord> failed = new ArrayList<>();
    answers.forEach((record, answer) -> {
      Optional<EventTarget.Answer> known = await(answer, stopping);
      known.ifPresent(it -> settle(record, it, failed));
    });
    if (!forgotten.isEmpty() || !failed.isEmpty()) {
      remember(failed);
    }
  }

  private CompletableFuture<EventTarget.Answer> ask(EventRecord record) {
    CompletableFuture<EventTarget.Answer> answer = new CompletableFuture<>();
    world
        .tasks()
        .start(
            "event",
            () -> {
              try {
                answer.complete(target.tell(cores.cloud(), bucket.summary(), record.event()));
              } finally {
                answer.complete(EventTarget.Answer.LOST); // where there was none
              }
            });
    return answer;
  }

  private Optional<EventTarget.Answer> await(
      CompletableFuture<EventTarget.Answer> answer, BooleanSupplier stopping) {
    Tasks tasks = world.tasks();
    while (true) {
      try {
        return Optional.of(tasks.await(answer, LOOK));
      } catch (TimeoutException notYet) {
        if (stopping.getAsBoolean()) {
          return Optional.empty();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  private void settle(EventRecord record, EventTarget.Answer answer, List<EventRecord> failed) {
    if (answer == EventTarget.Answer.TAKEN) {
      count.take();
      forgotten.add(record);
      lost.remove(record.event().function());
      return;
    }
    count.fail();
    EventRecord again = record.failed(world.time().now(), answer == EventTarget.Answer.LOST);
    failed.add(again);
    postpone(again);
  }

  private void remember(List<EventRecord> failed) {
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      forgotten.forEach(record -> batch.events().delete(record.key()));
      failed.forEach(record -> batch.events().put(record.key(), record.write()));
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    forgotten.clear();
  }

  private void warn() {
    if (late > 0) {
      world
          .log()
          .warning(
              "%d events of bucket \"%s\" were not taken by their functions within %d hours and are"
                      .formatted(late, bucket.name().text(), KEPT.toHours())
                  + " dropped: see `bevy logs` for why");
    }
  }
}
