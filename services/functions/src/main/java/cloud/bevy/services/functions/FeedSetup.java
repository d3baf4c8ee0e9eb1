package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.functions.FeedSource.Beginnings;
import cloud.bevy.services.functions.FeedSource.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Makes and removes feeds, when apps are deployed and removed.
///
/// A feed that is there goes on from where it is, whatever is deployed: only one of another table,
/// or of a table that was deleted and made again, begins anew.
///
/// @param cloud whose feeds
/// @param source where they have their records from
/// @param count what forgets those that are removed
record FeedSetup(Cloud cloud, FeedSource source, FeedCount count) {
  /// How long a deployment may take before it is looked for.
  private static final Duration SAFETY = Duration.ofMinutes(1);

  /// Makes the feeds of an app that is about to be deployed. They begin once it is.
  ///
  /// @throws Refusal if a table is not there
  void make(Manifest manifest) throws Refusal {
    for (Map.Entry<String, TableSpec> each : manifest.environment().tables().entrySet()) {
      if (each.getValue().feed().isPresent()) {
        make(new FeedId(manifest.name(), each.getKey()), each.getValue());
      }
    }
  }

  /// Makes a feed, or leaves the one that is there where it is.
  ///
  /// @throws Refusal if the table is not there
  void make(FeedId feed, TableSpec table) throws Refusal {
    Beginnings beginnings =
        source
            .follow(cloud, feed, table)
            .orElseThrow(
                () -> new Refusal("table \"" + table.table() + "\" cannot be followed yet"));
    FeedStates states = new FeedStates(cloud);
    Optional<FeedStates.Kept> kept = states.find(feed);
    Optional<FeedState> before = kept.map(FeedStates.Kept::state);
    boolean goesOn =
        before
            .filter(state ->
                state.table().equals(table.table()) && state.place().sameTable(beginnings.first()))
            .isPresent();
    if (!goesOn) {
      before.ifPresent(old -> source.unfollow(cloud, feed, old.table(), old.place()));
      states.put(feed, FeedState.begin(table.table(), start(table, beginnings), now()));
    } else if (isOver(before.orElseThrow(), table)) {
      states.put(feed, before.orElseThrow().moved(beginnings.first()));
    } else if (before.orElseThrow().trouble().tried()) {
      states.replace(kept.orElseThrow(), before.orElseThrow().fresh());
    }
    cloud.wakeBy(feed.alarm(), now().plus(SAFETY));
  }

  /// Whether a feed has nothing to be read any more where it is. It may not have noticed, as nobody
  /// is woken when a stream is switched off.
  private boolean isOver(FeedState state, TableSpec table) {
    return state.status() != FeedState.Status.FOLLOWING
        || !(source.read(cloud, table, state.place(), 1) instanceof FeedSource.Page.Read);
  }

  private static Place start(TableSpec table, Beginnings beginnings) {
    return switch (table.feed().orElseThrow().start()) {
      case TRIM_HORIZON -> beginnings.oldest();
      case LATEST -> beginnings.newest();
    };
  }

  /// Begins the feeds of an app that was deployed, and removes those that it has no more.
  void begin(Manifest manifest) {
    for (FeedStates.Kept kept : new FeedStates(cloud).ofApp(manifest.name())) {
      TableSpec table = manifest.environment().tables().get(kept.feed().name());
      if (table == null || table.feed().isEmpty()) {
        remove(kept);
      } else {
        cloud.wakeBy(kept.feed().alarm(), now());
      }
    }
  }

  /// Removes the feeds of an app that was removed.
  void removeAll(String app) {
    new FeedStates(cloud).ofApp(app).forEach(this::remove);
  }

  /// Removes a feed.
  void remove(FeedStates.Kept kept) {
    source.unfollow(cloud, kept.feed(), kept.state().table(), kept.state().place());
    new FeedStates(cloud).remove(kept.feed());
    count.settle(cloud.key(), kept.feed());
  }

  private Instant now() {
    return cloud.world().time().now();
  }
}
