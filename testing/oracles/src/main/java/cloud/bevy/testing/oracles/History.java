package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What many clients did to some keys at the same time, as they recorded it, and whether that can
/// be: whether each key behaved as if one deed came after the other, each at some moment between
/// its being sent and its being answered. Keys do not matter to each other, so each is judged
/// alone.
public final class History {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Deed>> deeds = new TreeMap<>();

  /// A history in which nothing has happened.
  public History() {}

  /// Adds what was done to a key. Any thread may.
  public void add(String key, Deed deed) {
    lock.lock();
    try {
      deeds.computeIfAbsent(key, any -> new ArrayList<>()).add(deed);
    } finally {
      lock.unlock();
    }
  }

  /// How many deeds it has.
  public int size() {
    lock.lock();
    try {
      return deeds.values().stream().mapToInt(List::size).sum();
    } finally {
      lock.unlock();
    }
  }

  /// How many deeds got which answer.
  public Map<Deed.Answer, Integer> answers() {
    lock.lock();
    try {
      Map<Deed.Answer, Integer> answers = new EnumMap<>(Deed.Answer.class);
      deeds.values().stream()
          .flatMap(List::stream)
          .forEach(deed -> answers.merge(deed.answer(), 1, Integer::sum));
      return answers;
    } finally {
      lock.unlock();
    }
  }

  /// Judges it, from keys that are absent at first.
  ///
  /// @throws AssertionError if it can not be
  public void check() {
    lock.lock();
    try {
      for (Map.Entry<String, List<Deed>> key : deeds.entrySet()) {
        Optional<String> fault = new Linearization(key.getValue()).fault();
        if (fault.isPresent()) {
          throw new AssertionError(key.getKey() + " is not linearizable: " + fault.get());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
