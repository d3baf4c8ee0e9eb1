package cloud.bevy.testing.oracles;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search for an order of the deeds of one key in which each fits, and which no clock
/// contradicts: one that ended before another began comes before it. This is the search of Wing and
/// Gong with the memory of Lowe: the same set of deeds that has led to the same state is looked at
/// once. Deeds whose answer is unknown are tried last, and need not be in the order at all.
final class Linearization {
  private final List<Deed> deeds;
  private final BitSet known = new BitSet();
  private final Set<Place> seen = new HashSet<>();
  private BitSet furthest = new BitSet();
  private @Nullable Long stateThere;

  Linearization(List<Deed> history) {
    deeds = new ArrayList<>(history);
    deeds.sort(Comparator.comparingLong(Deed::from));
    for (int i = 0; i < deeds.size(); i++) {
      known.set(i, !deeds.get(i).optional());
    }
  }

  /// Where a search has come to.
  ///
  /// @param done the deeds that are in the order so far
  /// @param state what is there after them
  private record Place(BitSet done, @Nullable Long state) {}

  /// A place with what can be tried from there.
  private record Step(Place place, ArrayDeque<Integer> next) {}

  /// Why there is no such order.
  Optional<String> fault() {
    ArrayDeque<Step> path = new ArrayDeque<>();
    path.push(step(new Place(new BitSet(), null)));
    while (!path.isEmpty()) {
      Step here = path.element();
      if (missing(here.place().done()).isEmpty()) {
        return Optional.empty();
      }
      Integer next = here.next().poll();
      if (next == null) {
        path.pop();
        continue;
      }
      Place there = after(here.place(), next);
      if (seen.add(there)) {
        remember(there);
        path.push(step(there));
      }
    }
    return Optional.of(report());
  }

  private Place after(Place place, int next) {
    BitSet done = (BitSet) place.done().clone();
    done.set(next);
    settle(done);
    return new Place(done, deeds.get(next).after(place.state()));
  }

  /// Strikes off the unknown deeds that can have effect no more, so that it makes no difference
  /// whether they had any: what is there is all that is left of them.
  private void settle(BitSet done) {
    long now = lastBegin(done);
    for (int i = done.nextClearBit(0); i < done.length(); i = done.nextClearBit(i + 1)) {
      if (deeds.get(i).optional() && deeds.get(i).until() < now) {
        done.set(i);
      }
    }
  }

  /// The known deeds that are not in the order yet.
  private BitSet missing(BitSet done) {
    BitSet missing = (BitSet) known.clone();
    missing.andNot(done);
    return missing;
  }

  private Step step(Place place) {
    ArrayDeque<Integer> next = new ArrayDeque<>();
    ArrayDeque<Integer> unknown = new ArrayDeque<>();
    long end = firstEnd(place.done());
    long now = lastBegin(place.done());
    for (int i = place.done().nextClearBit(0); i < deeds.size(); i++) {
      Deed deed = deeds.get(i);
      if (deed.from() > end) {
        break;
      }
      if (!place.done().get(i) && deed.until() >= now && deed.fits(place.state())) {
        (deed.optional() ? unknown : next).add(i);
      }
    }
    next.addAll(unknown);
    return new Step(place, next);
  }

  /// When the first of the known deeds that are to come was answered: no later one comes before it.
  private long firstEnd(BitSet done) {
    BitSet missing = missing(done);
    long end = Long.MAX_VALUE;
    for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
      if (deeds.get(i).from() > end) {
        break;
      }
      end = Math.min(end, deeds.get(i).until());
    }
    return end;
  }

  /// When the last of the deeds in the order was sent: what ended before can come no more.
  private long lastBegin(BitSet done) {
    int last = done.length() - 1;
    return last < 0 ? Long.MIN_VALUE : deeds.get(last).from();
  }

  private void remember(Place place) {
    if (missing(place.done()).cardinality() < missing(furthest).cardinality()) {
      furthest = place.done();
      stateThere = place.state();
    }
  }

  private String report() {
    BitSet missing = missing(furthest);
    StringBuilder report = new StringBuilder();
    report.append(
        "%d of %d deeds have an order, after which %s is there; then none fits of"
            .formatted(
                known.cardinality() - missing.cardinality(), known.cardinality(), stateThere));
    long end = firstEnd(furthest);
    missing.stream()
        .mapToObj(deeds::get)
        .filter(deed -> deed.from() <= end)
        .forEach(deed -> report.append("\n  ").append(deed));
    return report.toString();
  }
}
