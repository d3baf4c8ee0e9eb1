package cloud.bevy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections to one server that work at once, for some time.
///
/// @param size how many connections
/// @param seconds for how long
/// @param least how many operations are done at least, however long that takes
record Crowd(int size, double seconds, int least) {
  /// What a connection does again and again.
  @FunctionalInterface
  interface Operation {
    /// Does one operation.
    ///
    /// @param number how many were begun before it, by all connections together
    void run(BenchConnection connection, int number) throws IOException;
  }

  /// Works, and measures.
  Measurement work(BenchServer server, String name, Operation operation) throws Exception {
    AtomicInteger next = new AtomicInteger();
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        all.add(
            threads.submit(() -> {
              try (BenchConnection connection = new BenchConnection(server)) {
                while (System.nanoTime() < end || next.get() < least) {
                  operation.run(connection, next.getAndIncrement());
                }
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(name + " failed", e);
    }
    double took = (System.nanoTime() - begun) / 1e9;
    return new Measurement(name, next.get(), server.cpuSeconds() - cpu, took);
  }
}
