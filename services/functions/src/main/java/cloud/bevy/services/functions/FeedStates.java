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
final class FeedStates {
  private static final String BEE = "feeds";

  private final Cloud cloud;

  FeedStates(Cloud cloud) {
    this.cloud = cloud;
  }

  /// A state as it was read.
  ///
  /// @param sequence of its entry, another one for each state
  record Kept(FeedId feed, FeedState state, long sequence) {}

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
    Ticket ticket;
    try (BeeBatch batch = bee().batch()) {
      boolean same =
          batch
              .get(before.feed().key())
              .filter(entry -> entry.sequence() == before.sequence())
              .isPresent();
      if (same) {
        batch.put(before.feed().key(), FeedRecord.write(next));
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
  }

  /// Makes `state` the one of a feed; durable when this returns.
  void put(FeedId feed, FeedState state) {
    cloud.durable(bee().put(feed.key(), FeedRecord.write(state)));
  }

  /// Forgets a feed; durable when this returns.
  void remove(FeedId feed) {
    cloud.durable(bee().delete(feed.key()));
  }

  private List<Kept> list(Range range) {
    List<Kept> found = new ArrayList<>();
    for (BeeCursor each = bee().now().range(range); each.hasNext(); ) {
      found.add(kept(each.next()));
    }
    return found;
  }

  private static Kept kept(BeeEntry entry) {
    return new Kept(FeedId.of(entry.key()), FeedRecord.read(entry.value()), entry.sequence());
  }

  private Bee bee() {
    return cloud.bee(BEE);
  }
}
