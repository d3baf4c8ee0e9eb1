package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// What one peer has asked for and is still to be told: by one task, which exists only while there
/// is something, and waits while the peer does not read. Bounded: who asks for more at once than
/// anybody has reason to is dropped.
final class Answers {
  /// The most requests that wait, of all cores together: twice what our own peers ask for at once
  /// of one core.
  static final int MOST_REQUESTS = 1 << 14;

  /// How many are answered before the peer is looked at again.
  static final int MOST_TAKEN = 64;

  private final World world;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Message> waiting = new LinkedHashMap<>();
  private long wants;
  private boolean running;
  private boolean closed;

  /// A request of a channel, by its id; wants have negative ones.
  private record Key(CoreChannel channel, long id) {}

  /// Something to be answered.
  record Question(CoreChannel channel, Message message) {}

  /// Answers.
  interface Work {
    /// Answers some questions, together.
    ///
    /// @return whether the peer reads what it is sent; if not, nothing more is answered
    boolean answer(List<Question> questions);
  }

  Answers(World world, Work work) {
    this.world = world;
    this.work = work;
  }

  /// Takes a request; the same id again replaces what had it before.
  ///
  /// @return whether there was room
  boolean put(CoreChannel channel, Message.Request request) {
    return put(new Key(channel, request.id()), request);
  }

  /// Takes a want.
  ///
  /// @return whether there was room
  boolean put(CoreChannel channel, Message.Want want) {
    lock.lock();
    try {
      return put(new Key(channel, --wants), want);
    } finally {
      lock.unlock();
    }
  }

  private boolean put(Key key, Message message) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_REQUESTS) {
        return false;
      }
      waiting.remove(key);
      waiting.put(key, message);
      if (!running && !closed) {
        running = true;
        world.tasks().start("replication answers", this::run);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a request back.
  void cancel(CoreChannel channel, long id) {
    lock.lock();
    try {
      waiting.remove(new Key(channel, id));
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what a channel has asked for.
  void forget(CoreChannel channel) {
    lock.lock();
    try {
      waiting.keySet().removeIf(key -> key.channel() == channel);
    } finally {
      lock.unlock();
    }
  }

  /// Answers nothing more.
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean ended = false;
    try {
      List<Question> questions = take();
      while (!questions.isEmpty() && work.answer(questions)) {
        questions = take();
      }
      ended = questions.isEmpty();
    } finally {
      if (!ended) {
        close();
      }
    }
  }

  private List<Question> take() {
    List<Question> taken = new ArrayList<>();
    lock.lock();
    try {
      var each = waiting.entrySet().iterator();
      while (each.hasNext() && taken.size() < MOST_TAKEN) {
        Map.Entry<Key, Message> next = each.next();
        taken.add(new Question(next.getKey().channel(), next.getValue()));
        each.remove();
      }
      running = !taken.isEmpty();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
