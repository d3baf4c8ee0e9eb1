package cloud.bevy.hyper.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Where the durable blocks of a core are, or its tree nodes: those in the active segment one by
/// one, those in sealed segments by run. Changed only by the task that writes, under the store's
/// lock; the list of runs is replaced, never changed, so that a reader may keep it.
final class Sequence {
  private final Ledger ledger;
  private LongTable active = new LongTable();
  private List<Run> runs = List.of();

  Sequence(Ledger ledger) {
    this.ledger = ledger;
  }

  LongTable active() {
    return active;
  }

  /// The runs, oldest first.
  List<Run> runs() {
    return runs;
  }

  boolean isEmpty() {
    return runs.isEmpty() && active.size() == 0;
  }

  void put(long key, long place) {
    long before = active.put(key, place);
    ledger.activeChanged(Frame.bytes(place), before == 0 ? 1 : 0);
    if (before != 0) {
      ledger.activeChanged(-Frame.bytes(before), 0);
    }
  }

  /// Forgets keys from `from` up to but not including `to`.
  void remove(long from, long to) {
    active.remove(from, to, place -> ledger.activeChanged(-Frame.bytes(place), -1));
    hide(from, to, run -> true);
  }

  /// Forgets what one run says about its keys below `to`, because they were moved.
  void moved(Run moved, long to) {
    hide(moved.from(), to, run -> run.segment() == moved.segment() && run.at() == moved.at());
  }

  /// Takes over what the sealing of the active segment made of the active entries.
  void seal(List<Run> sealed) {
    if (active.size() > 0) {
      active = new LongTable();
    }
    if (!sealed.isEmpty()) {
      List<Run> all = new ArrayList<>(runs.size() + sealed.size());
      all.addAll(runs);
      all.addAll(sealed);
      runs = List.copyOf(all);
      sealed.forEach(ledger::retain);
    }
  }

  /// Starts from the runs that a checkpoint lists, which are in the books already.
  void load(List<Run> listed) {
    runs = listed;
  }

  private void hide(long from, long to, Predicate<Run> which) {
    Predicate<Run> touched = run -> run.from() < to && run.to() > from && which.test(run);
    if (runs.stream().noneMatch(touched)) {
      return;
    }
    List<Run> kept = new ArrayList<>(runs.size() + 1);
    for (Run run : runs) {
      if (!touched.test(run)) {
        kept.add(run);
        continue;
      }
      ledger.release(run);
      if (run.from() < from) {
        keep(run.within(run.from(), from), kept);
      }
      if (run.to() > to) {
        keep(run.within(to, run.to()), kept);
      }
    }
    runs = List.copyOf(kept);
  }

  private void keep(Run part, List<Run> kept) {
    ledger.retain(part);
    kept.add(part);
  }
}
