package cloud.bevy.doors.opensearch;

import cloud.bevy.services.tables.ItemVersions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out writes of documents: those to one index together, in one wait for the disk.
final class Writes {
  /// The most that are written while others wait for their turn.
  static final int TOGETHER = 500;

  private Writes() {}

  /// Carries out one write.
  static Answer one(Place place, DocumentWrite write) {
    Done done = all(place, List.of(write)).getFirst();
    if (done.refused() != null) {
      throw done.refused();
    }
    return done.answer();
  }

  /// What became of a write.
  ///
  /// @param refused why it was not done; null where it was
  record Done(@Nullable Refused refused, Answer answer) {
    static Done not(Refused refused) {
      return new Done(refused, refused.answer());
    }
  }

  /// Carries out writes to one index, in order.
  static List<Done> all(Place place, List<DocumentWrite> writes) {
    List<Done> done = new ArrayList<>();
    for (int from = 0; from < writes.size(); from += TOGETHER) {
      done.addAll(some(place, writes.subList(from, Math.min(from + TOGETHER, writes.size()))));
    }
    return done;
  }

  private static List<Done> some(Place place, List<DocumentWrite> writes) {
    List<@Nullable Refused> unfit = new ArrayList<>();
    Mapping mapping = writes.getFirst().index().mapping();
    for (DocumentWrite write : writes) {
      Refused refused = null;
      try {
        mapping = write.remapped(mapping);
      } catch (Refused refusal) {
        refused = refusal;
      }
      unfit.add(refused);
    }
    if (!mapping.equals(writes.getFirst().index().mapping())) {
      place.remap(
          writes.getFirst().index(),
          before -> {
            Mapping next = before;
            for (int i = 0; i < writes.size(); i++) {
              next = unfit.get(i) == null ? writes.get(i).remapped(next) : next;
            }
            return next;
          });
    }
    List<ItemVersions.Step> steps = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      if (unfit.get(i) == null) {
        steps.add(writes.get(i).step());
      }
    }
    List<ItemVersions.Outcome> outcomes = writes.getFirst().index().table().versions().write(steps);
    return done(writes, unfit, outcomes);
  }

  private static List<Done> done(
      List<DocumentWrite> writes,
      List<@Nullable Refused> unfit,
      List<ItemVersions.Outcome> outcomes) {
    List<Done> done = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < writes.size(); i++) {
      Refused refused = unfit.get(i);
      if (refused != null) {
        done.add(Done.not(refused));
        continue;
      }
      ItemVersions.Outcome outcome = outcomes.get(next++);
      Refused refusal = writes.get(i).refusal(outcome);
      done.add(refusal == null ? new Done(null, writes.get(i).answer(outcome)) : Done.not(refusal));
    }
    return done;
  }
}
