package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// A blob whose last bytes are still on their way to the disk. What is to have it can be committed
/// behind it: [DriveBatch#behind], so that one `fsync` serves both. For one task at a time.
public final class PendingBlob {
  private final Tasks tasks;
  private final BlobId blob;
  private final List<Append> appends;
  private boolean taken;

  PendingBlob(Tasks tasks, BlobId blob, List<Append> appends) {
    this.tasks = tasks;
    this.blob = blob;
    this.appends = appends;
  }

  /// Which blob it is.
  public BlobId blob() {
    return blob;
  }

  /// Whether a batch has it: then it is cleared with the batch, or never.
  public boolean taken() {
    return taken;
  }

  void take() {
    taken = true;
  }

  /// Waits until the blob is durable.
  void await() {
    appends.forEach(append -> BlobWriter.await(append.ticket()));
  }

  /// Waits until the store has all bytes, though not yet on the disk.
  public void ready() {
    var _ = submitted();
  }

  /// Waits until the store has all bytes.
  ///
  /// @return what it says of them
  List<Ticket> submitted() {
    List<Ticket> tickets = new ArrayList<>(appends.size());
    for (Append append : appends) {
      tickets.add(submitted(append));
    }
    return tickets;
  }

  private Ticket submitted(Append append) {
    try {
      return tasks.await(append.submitted(), BlobWriter.DEADLINE);
    } catch (TimeoutException e) {
      throw BlobWriter.slow();
    } catch (InterruptedException e) {
      throw BlobWriter.interrupted();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFault fault ? fault : e;
    }
  }

  /// What completes when the blob and then another thing are durable, or fails as the first of them
  /// that does.
  CompletionStage<Void> then(CompletionStage<Void> other) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Append append : appends) {
      all = all.thenCompose(_ -> append.ticket().stage());
    }
    return all.thenCompose(_ -> other);
  }
}
