package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.functions.FeedSource.Page;
import cloud.bevy.services.functions.FeedSource.Place;
import cloud.bevy.services.functions.FeedStanding.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks how the feeds of a cloud stand. Nothing is kept for that: what is not delivered is counted
/// when somebody asks.
///
/// @param cloud whose feeds
/// @param target the functions
/// @param source where they have their records from
record FeedStandings(Cloud cloud, FeedTarget target, FeedSource source) {
  /// How many records are counted.
  static final int MOST_COUNTED = 10_000;

  private static final int PAGE = 1_000;

  /// The feeds of all apps, by their names.
  List<FeedStanding> all() {
    List<FeedStanding> all = new ArrayList<>();
    for (FeedStates.Kept kept : new FeedStates(cloud).all()) {
      target
          .table(cloud, kept.feed())
          .filter(table -> table.feed().isPresent() && table.table().equals(kept.state().table()))
          .ifPresent(table -> all.add(standing(kept, table)));
    }
    return all;
  }

  private FeedStanding standing(FeedStates.Kept kept, TableSpec table) {
    FeedState state = kept.state();
    FeedStanding.Lag lag = new FeedStanding.Lag(0, false, Optional.empty());
    if (state.status() == FeedState.Status.FOLLOWING) {
      if (source.read(cloud, table, state.place(), 1) instanceof Page.Read) {
        lag = lag(table, state.place());
      } else if (!state.trouble().tried()) {
        // Nobody is woken when a stream is switched off of which all was delivered.
        state = state.over(FeedState.Status.ENDED);
      }
    }
    FeedState.Trouble trouble = state.trouble();
    Optional<Instant> next =
        Optional.of(trouble.next()).filter(moment -> !moment.equals(Instant.EPOCH));
    Optional<FeedStanding.Trouble> told =
        trouble.error().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new FeedStanding.Trouble(trouble.error(), trouble.at(), trouble.tries(), next));
    return new FeedStanding(
        kept.feed(),
        state.table(),
        status(state, lag),
        state.place().next() - 1,
        lag,
        new FeedStanding.Done(
            state.tally().delivered(),
            state.tally().failures(),
            state.tally().deadLetters(),
            table.feed().orElseThrow().effort().deadLetters()),
        told);
  }

  private static Status status(FeedState state, FeedStanding.Lag lag) {
    return switch (state.status()) {
      case ENDED -> Status.ENDED;
      case LOST -> Status.LOST;
      case FOLLOWING -> {
        if (state.trouble().waits() > 0) {
          yield Status.WAITING;
        }
        if (state.trouble().tries() > 0) {
          yield Status.RETRYING;
        }
        yield lag.records() > 0 ? Status.DELIVERING : Status.CURRENT;
      }
    };
  }

  private FeedStanding.Lag lag(TableSpec table, Place from) {
    long records = 0;
    Optional<Instant> oldest = Optional.empty();
    Place place = from;
    boolean more = true;
    while (more && records < MOST_COUNTED) {
      if (!(source.read(cloud, table, place, PAGE) instanceof Page.Read page)) {
        break;
      }
      if (oldest.isEmpty() && !page.changes().isEmpty()) {
        oldest = Optional.of(page.changes().getFirst().at());
      }
      records += page.changes().size();
      place = page.next();
      more = page.more();
    }
    return new FeedStanding.Lag(records, more && records >= MOST_COUNTED, oldest);
  }
}
