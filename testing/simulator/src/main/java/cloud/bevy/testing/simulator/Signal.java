package cloud.bevy.testing.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What tasks wait for. Whoever changes what they look at wakes them, and they look again.
final class Signal {
  private final List<Thread> waiting = new ArrayList<>();

  void add(Thread thread) {
    waiting.add(thread);
  }

  void remove(Thread thread) {
    waiting.remove(thread);
  }

  void wake() {
    for (Thread thread : List.copyOf(waiting)) {
      LockSupport.unpark(thread);
    }
  }
}
