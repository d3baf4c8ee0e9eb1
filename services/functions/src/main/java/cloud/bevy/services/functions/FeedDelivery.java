package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.functions.FeedSource.Page;
import cloud.bevy.services.functions.FeedSource.Place;
import cloud.bevy.services.functions.FeedState.Search;
import cloud.bevy.services.functions.FeedState.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Tells a function of what changed in a table, in the table's order, one batch at a time, until
/// nothing is left or something goes wrong. How far it is becomes durable after the function has
/// taken a batch: whoever stops in between tells of it again.
final class FeedDelivery {
  /// How long one feed has its turn while others wait for theirs.
  private static final Duration TURN = Duration.ofSeconds(5);

  /// How long a feed may be there before its app is.
  private static final Duration DEPLOYING = Duration.ofMinutes(10);

  /// Where so many blocks had no record for the feed, that is remembered.
  private static final int MANY_BLOCKS = 1_000;

  /// How long it takes to notice that the machine is to stop.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Cloud cloud;
  private final FeedId feed;
  private final FeedTarget target;
  private final Bindings bindings;
  private final FeedStates states;
  private final FeedCount count;
  private final World world;
  private boolean warned;

  FeedDelivery(Cloud cloud, FeedId feed, FeedAlarms.Means means) {
    this.cloud = cloud;
    this.feed = feed;
    this.target = means.target();
    this.bindings = means.bindings();
    this.count = means.count();
    states = new FeedStates(cloud);
    world = cloud.world();
  }

  /// Tells of what there is.
  ///
  /// @return when there will be something to be done, as far as is known now
  Optional<Instant> run(BooleanSupplier stopping) {
    long begun = world.time().nanos();
    while (true) {
      if (stopping.getAsBoolean() || world.time().nanos() - begun > TURN.toNanos()) {
        return Optional.of(now());
      }
      Optional<Instant> next = step(stopping);
      if (next.isEmpty() || next.get().isAfter(now())) {
        return next;
      }
    }
  }

  /// Does one thing.
  ///
  /// @return when the next is to be done, a past moment for at once; nothing if there is none
  private Optional<Instant> step(BooleanSupplier stopping) {
    Optional<FeedStates.Kept> found = states.find(feed);
    if (found.isEmpty()) {
      count.settle(cloud.key(), feed);
      return Optional.empty();
    }
    FeedStates.Kept kept = found.get();
    FeedState state = kept.state();
    Optional<TableSpec> table = target.table(cloud, feed).filter(it -> it.feed().isPresent());
    if (table.isEmpty() || !table.get().table().equals(state.table())) {
      return abandon(kept, table);
    }
    if (state.status() != Status.FOLLOWING || state.trouble().next().isAfter(now())) {
      return Optional.of(state.trouble().next()).filter(_ -> state.status() == Status.FOLLOWING);
    }
    FeedSpec spec = table.get().feed().orElseThrow();
    Search search = state.trouble().search();
    int most = search.on() ? Math.min(search.size(), spec.batchSize()) : spec.batchSize();
    return switch (bindings.feeds().read(cloud, table.get(), state.place(), most)) {
      case Page.Read page -> tell(kept, spec, page, stopping);
      case Page.Ended() -> end(kept, Status.ENDED);
      case Page.Gone() -> {
        world
            .log()
            .warning(
                "feed %s of app %s has not delivered all of table \"%s\", and the rest cannot be"
                        .formatted(feed.name(), feed.app(), state.table())
                    + " read any more: its stream was switched off, or it was deleted, more than a"
                    + " day ago");
        yield end(kept, Status.LOST);
      }
    };
  }

  private Optional<Instant> end(FeedStates.Kept kept, Status status) {
    states.replace(kept, kept.state().over(status));
    count.settle(cloud.key(), feed);
    return Optional.empty();
  }

  /// The app has no such feed, or one of another table: it is being deployed, or that was broken
  /// off.
  private Optional<Instant> abandon(FeedStates.Kept kept, Optional<TableSpec> table) {
    Instant given = kept.state().made().plus(DEPLOYING);
    if (given.isAfter(now())) {
      return Optional.of(given);
    }
    FeedSetup setup = new FeedSetup(cloud, bindings.feeds(), count);
    if (table.isEmpty()) {
      setup.remove(kept);
      return Optional.empty();
    }
    try {
      setup.make(feed, table.get());
      return Optional.of(Instant.EPOCH);
    } catch (Refusal notYet) {
      return Optional.of(now().plus(DEPLOYING));
    }
  }

  private Optional<Instant> tell(
      FeedStates.Kept kept, FeedSpec spec, Page.Read page, BooleanSupplier stopping) {
    FeedState state = kept.state();
    Search search = state.trouble().search();
    FeedBatch batch = FeedBatch.of(page, search.on() ? search.until() : Long.MAX_VALUE);
    if (batch.size() == 0) {
      return pass(kept, page, batch.after());
    }
    byte[] json = batch.json(Map.of("feed", feed.name()));
    Optional<FeedTarget.Answer> answer = await(ask(json), stopping);
    if (answer.isEmpty()) {
      return Optional.of(now()); // it is told of again
    }
    return switch (answer.get()) {
      case FeedTarget.Answer.Taken() -> {
        states.replace(kept, delivered(state, batch.after(), batch.size()));
        count.settle(cloud.key(), feed);
        yield Optional.of(Instant.EPOCH);
      }
      case FeedTarget.Answer.Partly(var sequences) -> {
        int first = batch.firstOf(sequences);
        yield first < 0
            ? failed(kept, spec, batch, "it named a record that it was not told of")
            : partly(kept, spec, batch, first);
      }
      case FeedTarget.Answer.Refused(String error) -> failed(kept, spec, batch, error);
      case FeedTarget.Answer.Unasked(String error) -> waiting(kept, state, batch, error);
    };
  }

  /// There was no record.
  private Optional<Instant> pass(FeedStates.Kept kept, Page.Read page, Place after) {
    Place place = kept.state().place();
    boolean far = after.next() - place.next() >= MANY_BLOCKS || !after.at(0).equals(place.at(0));
    if (page.more() || far) {
      states.replace(kept, kept.state().delivered(after, 0));
    }
    if (!page.more()) {
      count.settle(cloud.key(), feed);
    }
    return page.more() ? Optional.of(Instant.EPOCH) : Optional.empty();
  }

  private CompletableFuture<FeedTarget.Answer> ask(byte[] batch) {
    CompletableFuture<FeedTarget.Answer> answer = new CompletableFuture<>();
    world
        .tasks()
        .start(
            "feed",
            () -> {
              try {
                answer.complete(target.tell(cloud, feed, batch));
              } finally {
                answer.complete(new FeedTarget.Answer.Unasked("it could not be asked"));
              }
            });
    return answer;
  }

  private Optional<FeedTarget.Answer> await(
      CompletableFuture<FeedTarget.Answer> answer, BooleanSupplier stopping) {
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

  private FeedState delivered(FeedState state, Place next, int records) {
    count.deliver(records);
    return state.delivered(next, records);
  }

  /// The function has taken what comes before a record, and that one not.
  private Optional<Instant> partly(
      FeedStates.Kept kept, FeedSpec spec, FeedBatch batch, int first) {
    FeedState before =
        first == 0 ? kept.state() : delivered(kept.state(), batch.before(first), first);
    FeedBatch left = batch.from(first);
    String error = "it has not taken record " + left.first().sequence();
    count.fail(cloud.key(), feed, left.first().at());
    FeedState state = before.failed(error, now());
    return mayRetry(state, spec) ? retry(kept, state) : bury(kept, spec, state, left.alone());
  }

  private Optional<Instant> failed(
      FeedStates.Kept kept, FeedSpec spec, FeedBatch batch, String error) {
    count.fail(cloud.key(), feed, batch.first().at());
    FeedState state = kept.state().failed(error, now());
    if (mayRetry(state, spec)) {
      return retry(kept, state);
    }
    if (batch.size() == 1 || !spec.effort().bisect()) {
      return bury(kept, spec, state, batch);
    }
    Search search = state.trouble().search();
    long until = search.on() ? search.until() : batch.after().next();
    states.replace(kept, state.searching(new Search(batch.size() / 2, until)));
    return Optional.of(Instant.EPOCH);
  }

  private static boolean mayRetry(FeedState state, FeedSpec spec) {
    return !state.trouble().search().on() && state.trouble().tries() <= spec.effort().retries();
  }

  private Optional<Instant> retry(FeedStates.Kept kept, FeedState failed) {
    FeedState paused = failed.paused(now());
    states.replace(kept, paused);
    return Optional.of(paused.trouble().next());
  }

  /// The function does not take these records: they go to the dead letters.
  private Optional<Instant> bury(
      FeedStates.Kept kept, FeedSpec spec, FeedState state, FeedBatch batch) {
    String bucket = spec.effort().deadLetters();
    try {
      String key = new DeadLetters(cloud, bindings.buckets()).put(bucket, feed, state, batch);
      states.replace(kept, state.buried(batch.after(), batch.size()));
      count.bury(batch.size());
      warn(state, bucket, key);
      return Optional.of(Instant.EPOCH);
    } catch (BucketBinding.Refused | IOException refused) {
      String why = "the dead letters cannot be put into bucket \"" + bucket + "\": ";
      return waiting(kept, state, batch, why + refused.getMessage());
    }
  }

  /// Something is wrong that is no fault of the records: they wait until it is right.
  private Optional<Instant> waiting(
      FeedStates.Kept kept, FeedState state, FeedBatch batch, String error) {
    count.fail(cloud.key(), feed, batch.first().at());
    FeedState waiting = state.waiting(error, now());
    states.replace(kept, waiting);
    return Optional.of(waiting.trouble().next());
  }

  private void warn(FeedState state, String bucket, String key) {
    if (!warned) {
      warned = true;
      world
          .log()
          .warning(
              "app %s has not taken records of table \"%s\" in %d tries; they are in bucket \"%s\""
                      .formatted(feed.app(), state.table(), state.trouble().tries(), bucket)
                  + " as "
                  + key
                  + ": see `bevy logs` for why");
    }
  }

  private Instant now() {
    return world.time().now();
  }
}
