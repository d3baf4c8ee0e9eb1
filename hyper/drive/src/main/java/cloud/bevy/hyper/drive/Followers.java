package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Registration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Those who want to follow a core that has yet to be found, and the core once it is.
final class Followers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, Function<Core, Registration>> waiting = new LinkedHashMap<>();
  private final Map<Object, Registration> following = new LinkedHashMap<>();
  private volatile @Nullable Core core;

  Optional<Core> core() {
    return Optional.ofNullable(core);
  }

  /// The core is found. Others may have found it too: it is the same one.
  void found(Core found) {
    List<Map.Entry<Object, Function<Core, Registration>>> now;
    lock.lock();
    try {
      core = found;
      now = new ArrayList<>(Map.copyOf(waiting).entrySet());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    now.forEach(entry -> begin(entry.getKey(), entry.getValue(), found));
  }

  /// Follows the core as soon as it is found, until what is returned is closed.
  Registration follow(Function<Core, Registration> follow) {
    Object name = new Object();
    @Nullable Core known;
    lock.lock();
    try {
      known = core;
      waiting.put(name, follow);
      if (known != null) {
        waiting.remove(name);
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      begin(name, follow, known);
    }
    return () -> end(name);
  }

  private void begin(Object name, Function<Core, Registration> follow, Core found) {
    Registration registration = follow.apply(found);
    lock.lock();
    try {
      following.put(name, registration);
    } finally {
      lock.unlock();
    }
  }

  private void end(Object name) {
    @Nullable Registration registration;
    lock.lock();
    try {
      waiting.remove(name);
      registration = following.remove(name);
    } finally {
      lock.unlock();
    }
    if (registration != null) {
      registration.close();
    }
  }
}
