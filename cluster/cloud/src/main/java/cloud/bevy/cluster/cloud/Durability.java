package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.Ticket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Decides when a write is durable: for a cloud with one replica, when it is on this machine's
/// disk.
final class Durability {
  private final Duration deadline;

  Durability(Duration deadline) {
    this.deadline = deadline;
  }

  /// Blocks until the write is durable.
  ///
  /// @throws CloudFault if it is not, or not known to be
  void await(Ticket ticket) {
    try {
      ticket.await(deadline);
    } catch (TimeoutException late) {
      throw new CloudFault(
          CloudFault.Kind.TIMEOUT,
          "the disk has not answered a sync within " + deadline.toSeconds() + " s",
          "the write may or may not last; look at the health of the disk",
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CloudFault(
          CloudFault.Kind.STOPPED,
          "the program is ending",
          "the write may or may not last; ask again once the cloud is back",
          interrupted);
    } catch (StoreFault fault) {
      throw translated(fault);
    }
  }

  private static CloudFault translated(StoreFault fault) {
    CloudFault.Kind kind =
        switch (fault.kind()) {
          case DISK_FULL -> CloudFault.Kind.DISK_FULL;
          case STALE, OVERLOADED, UNFOUNDED -> CloudFault.Kind.BUSY;
          case STOPPED, LOCKED -> CloudFault.Kind.STOPPED;
          case FOREIGN, NEWER, DAMAGED, UNREADABLE -> CloudFault.Kind.DAMAGED;
        };
    return new CloudFault(kind, String.valueOf(fault.getMessage()), fault.hint(), fault);
  }
}
