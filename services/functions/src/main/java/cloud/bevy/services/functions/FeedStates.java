package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far the feeds of a cloud are, in a bee of their own. On disk there is nothing until the
/// cloud first has a feed.
///
/// Each batch of records that a function takes is a block of the bee's log, of which only the last
/// is ever read. So all states are written anew now and then, and what is before them is forgotten
/// (decision 0130).
final class FeedStates {
  /// After how many blocks all states are written anew.
  static final long STEP = 128;

  /// How many blocks are kept at least for those who are reading.
  static final long KEPT = 3 * STEP;

  private static final String BEE = "feeds";

  /// The first block says what the core is.
  private static final long FIRST = 1;

  private final Cloud cloud;

  FeedStates(Cloud cloud) {
    this.cloud = cloud;
  }

  /// A state as it was read.
  record Kept(FeedId feed, FeedState state) {}

  private interface Change {
    void make(BeeBatch batch);
  }

  /// The state of a feed, if there is such a feed.
  Optional<Kept> find(FeedId feed) {
    return bee().now().get(feed.key()).map(FeedStates::kept);
  }

  /// The feeds of an app.
  List<Kept> ofApp(String app) {
    return list(Range.prefix(FeedId.prefix(app)));
  }

  /// All feeds, by their apps and names.
  List<Kept> all() {
    return list(Range.all());
  }

  /// Replaces a state, unless somebody else has: then nothing happens. Durable when this returns.
  void replace(Kept before, FeedState next) {
    byte[] key = before.feed().key();
    change(batch -> {
      boolean same =
          batch
              .get(key)
              .filter(entry -> FeedRecord.read(entry.value()).equals(before.state()))
              .isPresent();
      if (same) {
        batch.put(key, FeedRecord.write(next));
      }
    });
  }

  /// Makes `state` the one of a feed; durable when this returns.
  void put(FeedId feed, FeedState state) {
    change(batch -> batch.put(feed.key(), FeedRecord.write(state)));
  }

  /// Forgets a feed; durable when this returns.
  void remove(FeedId feed) {
    change(batch -> batch.delete(feed.key()));
  }

  private void change(Change change) {
    Bee bee = bee();
    Ticket ticket;
    long unused = 0;
    try (BeeBatch batch = bee.batch()) {
      long begun = batch.version();
      change.make(batch);
      if (batch.version() / STEP > begun / STEP) {
        unused = begun - KEPT - 2L * renew(batch);
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    if (unused > FIRST) {
      cloud.durable(bee.core().clear(FIRST, unused));
    }
  }

  /// Writes all states anew. A page of the tree is as new as the newest key in it, so nothing that
  /// was there before is a part of the tree any more.
  ///
  /// @return how many there are
  private static int renew(BeeBatch batch) {
    List<BeeEntry> all = new ArrayList<>();
    batch.range(Range.all()).forEachRemaining(all::add);
    all.forEach(each -> batch.put(each.key(), each.value()));
    return all.size();
  }

  private List<Kept> list(Range range) {
    List<Kept> found = new ArrayList<>();
    for (BeeCursor each = bee().now().range(range); each.hasNext(); ) {
      found.add(kept(each.next()));
    }
    return found;
  }

  private static Kept kept(BeeEntry entry) {
    return new Kept(FeedId.of(entry.key()), FeedRecord.read(entry.value()));
  }

  private Bee bee() {
    return cloud.bee(BEE);
  }
}
