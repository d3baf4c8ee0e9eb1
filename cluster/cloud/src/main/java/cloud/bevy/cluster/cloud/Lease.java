package cloud.bevy.cluster.cloud;

import java.util.concurrent.atomic.AtomicBoolean;

/// The right to use an open cloud. The cloud stays open until every lease on it is closed, and a
/// little longer.
public final class Lease implements AutoCloseable {
  private final Cloud cloud;
  private final Runnable end;
  private final AtomicBoolean ended = new AtomicBoolean();

  Lease(Cloud cloud, Runnable end) {
    this.cloud = cloud;
    this.end = end;
  }

  /// The cloud, to be used only while the lease is open.
  public Cloud cloud() {
    return cloud;
  }

  /// Gives the cloud back; the second call does nothing.
  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }
}
