package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.drive.Drive;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Whether all that a bucket needs bytes for has them. A walk over the core with the bytes cannot
/// tell: blocks that are lost look there like blocks that were cleared, and it knows no names.
///
/// @param objects how many objects there are
/// @param others how many older versions, parts of uploads and retired objects there are
/// @param problems what is wrong, in sentences; at most so many as were asked for
public record Holdings(long objects, long others, List<String> problems) {
  /// Copies the list.
  public Holdings {
    problems = List.copyOf(problems);
  }

  /// Looks at everything.
  ///
  /// @param unreadable the blocks with bytes that are damaged
  static Holdings look(Drive drive, NavigableSet<Long> unreadable, int mostProblems) {
    Look look = new Look(drive, unreadable, mostProblems);
    long objects = look.at("the objects", Holding::objects);
    long others =
        look.at("the older versions", Holding::versions)
            + look.at("the uploads", Holding::parts)
            + look.at("what is kept of former versions", Holding::retired);
    return new Holdings(objects, others, look.problems);
  }

  private static final class Look {
    private final Drive drive;
    private final NavigableSet<Long> unreadable;
    private final int most;
    private final List<String> problems = new ArrayList<>();
    private long count;

    Look(Drive drive, NavigableSet<Long> unreadable, int most) {
      this.drive = drive;
      this.unreadable = unreadable;
      this.most = most;
    }

    long at(String what, BiConsumer<Drive, Consumer<Holding>> all) {
      count = 0;
      try {
        all.accept(drive, this::check);
      } catch (Fault damaged) {
        problem("not all of " + what + " can be listed: " + damaged.getMessage());
      }
      return count;
    }

    private void check(Holding holding) {
      count++;
      try {
        if (!drive.has(holding.blob())) {
          problem("not all bytes of " + holding.what() + " are here");
        } else if (!unreadable.isEmpty()) {
          for (Want.Blocks blocks : drive.blocks(holding.blob())) {
            Long first = unreadable.ceiling(blocks.from());
            if (first != null && first < blocks.to()) {
              problem(holding.what() + " has block " + first + " of content, which is damaged");
            }
          }
        }
      } catch (Fault damaged) {
        problem(holding.what() + " cannot be read: " + damaged.getMessage());
      }
    }

    private void problem(String sentence) {
      if (problems.size() < most) {
        problems.add(sentence);
      }
    }
  }
}
