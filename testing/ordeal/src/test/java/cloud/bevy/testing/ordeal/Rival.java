package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.Deed;
import cloud.bevy.testing.oracles.Deed.Action.Read;
import cloud.bevy.testing.oracles.Deed.Action.Write;
import cloud.bevy.testing.oracles.Deed.Answer;
import cloud.bevy.testing.oracles.Deed.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// One of many clients that write the same few keys, mostly on conditions, and read and list them,
/// and record what they did and what they were told.
abstract class Rival {
  /// A number that stands for nothing anybody wrote.
  private static final long NONE = -1;

  private final RivalField field;
  private final SplittableRandom random;
  private final List<Pending> unanswered = new ArrayList<>();
  private final Map<String, Long> last = new HashMap<>();

  Rival(RivalField field, long seed) {
    this.field = field;
    this.random = new SplittableRandom(seed);
  }

  /// A write that was sent and not answered.
  private record Pending(String key, Write write, long from) {}

  /// A request that changes something.
  @FunctionalInterface
  private interface Request {
    /// @return whether it was done; else its condition did not hold
    boolean send();
  }

  RivalField field() {
    return field;
  }

  /// What is there.
  ///
  /// @return the number its content stands for; nothing where it is absent
  abstract @Nullable Long look(String key);

  /// Everything that is there.
  abstract Map<String, Long> lookAtAll();

  /// Writes.
  ///
  /// @return whether it was done; else the condition did not hold
  abstract boolean put(String key, Condition condition, long number);

  /// Deletes.
  ///
  /// @return whether it was done; else the condition did not hold
  abstract boolean delete(String key, Condition condition);

  /// The condition under which a deletion is asked for of somebody who saw a number last.
  abstract Condition whereStill(long number);

  /// Does one thing after the other until it is not answered.
  void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        act(random.nextInt(4) == 0 ? any() : field.hottest());
      }
    } catch (SdkException unanswered) {
      // The plug was pulled: what was under way is pending.
    }
  }

  private String any() {
    return field.keys().get(random.nextInt(field.keys().size()));
  }

  /// Records that the process is dead, so that what it did not answer can have effect no more.
  void settle(long dead) {
    for (Pending each : unanswered) {
      add(each.key(), new Deed(each.write(), Answer.UNKNOWN, each.from(), dead));
    }
    unanswered.clear();
  }

  private void act(String key) {
    int kind = random.nextInt(20);
    if (kind < 11) {
      read(key);
      write(key, last.containsKey(key) ? is(key) : new Condition.Absent());
    } else if (kind < 14) {
      write(key, random.nextBoolean() ? is(key) : new Condition.Absent());
    } else if (kind < 15) {
      write(key, new Condition.Always());
    } else if (kind < 17) {
      erase(key, whereStill(last.getOrDefault(key, NONE)));
    } else if (kind < 18) {
      erase(key, new Condition.Always());
    } else {
      list();
    }
  }

  /// If there is what this client saw last.
  private Condition is(String key) {
    return new Condition.Is(last.getOrDefault(key, NONE));
  }

  void read(String key) {
    long from = System.nanoTime();
    Long seen = look(key);
    add(key, new Deed(new Read(seen), Answer.DONE, from, System.nanoTime()));
    if (seen == null) {
      last.remove(key);
    } else {
      last.put(key, seen);
    }
  }

  /// A listing is a read of every key at once.
  void list() {
    long from = System.nanoTime();
    Map<String, Long> seen = new HashMap<>(lookAtAll());
    long until = System.nanoTime();
    for (String key : field.keys()) {
      add(key, new Deed(new Read(seen.remove(key)), Answer.DONE, from, until));
    }
    if (!seen.isEmpty()) {
      throw new AssertionError("listed, but never written: " + seen);
    }
  }

  private void write(String key, Condition condition) {
    long number = field.next();
    Write write = new Write(condition, number);
    if (change(key, write, () -> put(key, condition, number)) == Answer.DONE) {
      last.put(key, number);
    }
  }

  private void erase(String key, Condition condition) {
    change(key, new Write(condition, null), () -> delete(key, condition));
  }

  private Answer change(String key, Write write, Request request) {
    Pending pending = new Pending(key, write, System.nanoTime());
    unanswered.add(pending);
    Answer answer = request.send() ? Answer.DONE : Answer.REFUSED;
    unanswered.remove(pending);
    add(key, new Deed(write, answer, pending.from(), System.nanoTime()));
    return answer;
  }

  private void add(String key, Deed deed) {
    field.history().add(key, deed);
  }
}
