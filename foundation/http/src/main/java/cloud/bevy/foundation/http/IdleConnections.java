package cloud.bevy.foundation.http;

import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Connections that wait for their next request, by peer. Whoever takes one out owns it.
final class IdleConnections {
  private static final int MOST_PER_PEER = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SocketAddress, ArrayDeque<ClientConnection>> waiting = new HashMap<>();

  /// Takes out the connection to `peer` that was used last, if there is one.
  @Nullable ClientConnection take(SocketAddress peer) {
    lock.lock();
    try {
      ArrayDeque<ClientConnection> of = waiting.get(peer);
      return of == null ? null : takeLast(peer, of);
    } finally {
      lock.unlock();
    }
  }

  /// Puts a connection in.
  ///
  /// @return whether there was room for it
  boolean add(ClientConnection connection) {
    lock.lock();
    try {
      ArrayDeque<ClientConnection> of =
          waiting.computeIfAbsent(connection.peer(), peer -> new ArrayDeque<>(2));
      return of.size() < MOST_PER_PEER && of.add(connection);
    } finally {
      lock.unlock();
    }
  }

  /// Takes out this connection.
  ///
  /// @return whether it was there
  boolean remove(ClientConnection connection) {
    lock.lock();
    try {
      ArrayDeque<ClientConnection> of = waiting.get(connection.peer());
      if (of == null) {
        return false;
      }
      boolean there = of.remove(connection);
      if (of.isEmpty()) {
        waiting.remove(connection.peer());
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ClientConnection takeLast(SocketAddress peer, ArrayDeque<ClientConnection> of) {
    ClientConnection last = of.pollLast();
    if (of.isEmpty()) {
      waiting.remove(peer);
    }
    return last;
  }
}
