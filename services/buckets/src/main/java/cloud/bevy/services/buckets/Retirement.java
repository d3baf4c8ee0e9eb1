package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.BlobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Decides which retired bytes are kept and which go, as part of the batch that retires some: what
/// is kept goes to the end of a queue, and whatever has been in it for long enough leaves it. So a
/// bucket that nobody changes costs nothing, and one that is changed takes out more than comes in.
final class Retirement {
  /// How many batches' worth leave the queue with one batch at most.
  private static final int MOST = 256;

  private final BeeEditor steps;
  private final HistorySpan span;
  private final Instant now;
  private final List<BlobId> cleared = new ArrayList<>();
  private StepRecord.State state;
  private Instant next;

  /// @param steps what batches have said of themselves
  /// @param next from when on there may be something to be taken out: before that the queue need
  ///   not be looked at
  Retirement(BeeEditor steps, HistorySpan span, Instant now, Instant next) {
    this.steps = steps;
    this.span = span;
    this.now = now;
    this.state = last(steps);
    this.next = next;
  }

  /// What the last batch knew.
  static StepRecord.State last(BeeEditor steps) {
    Iterator<BeeEntry> rows = steps.range(Range.all().reverse().limit(1));
    return rows.hasNext() ? StepRecord.read(rows.next()).state() : StepRecord.State.NOTHING;
  }

  /// Retires bytes.
  ///
  /// @return what of them is kept
  List<StepRecord.Retired> retire(List<StepRecord.Retired> fresh) {
    long bytes = fresh.stream().mapToLong(StepRecord.Retired::size).sum();
    boolean kept = !span.time().isZero() && bytes <= span.bytes();
    if (kept) {
      state = new StepRecord.State(state.retired() + bytes, state.reclaimed(), state.next());
    } else {
      fresh.forEach(blob -> cleared.add(blob.blob()));
    }
    reclaim(kept && !fresh.isEmpty());
    return kept ? fresh : List.of();
  }

  /// What can be cleared once the batch is durable.
  List<BlobId> cleared() {
    return List.copyOf(cleared);
  }

  /// What is known after the batch.
  StepRecord.State state() {
    return state;
  }

  /// When there is something to be taken out.
  Instant next() {
    return next;
  }

  private void reclaim(boolean more) {
    if (state.kept() == 0) {
      next = Instant.MAX;
      return;
    }
    if (now.isBefore(next) && state.kept() <= span.bytes()) {
      next = more && next.equals(Instant.MAX) ? span.end(now) : next;
      return;
    }
    Iterator<BeeEntry> rows = steps.range(Range.all().gte(StepRecord.key(state.next())));
    for (int looked = 0; looked < MOST; looked++) {
      if (!rows.hasNext()) {
        next = more ? span.end(now) : Instant.MAX;
        return;
      }
      BeeEntry row = rows.next();
      StepRecord step = StepRecord.read(row);
      boolean goes = span.over(step.at(), now) || state.kept() > span.bytes();
      if (!step.retired().isEmpty() && !goes) {
        next = span.end(step.at());
        return;
      }
      step.retired().forEach(blob -> cleared.add(blob.blob()));
      state =
          new StepRecord.State(
              state.retired(), state.reclaimed() + step.bytes(), StepRecord.first(row) + 1);
    }
  }
}
