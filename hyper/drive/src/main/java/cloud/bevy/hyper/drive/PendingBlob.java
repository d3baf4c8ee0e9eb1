package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Handover;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    appends.forEach(append -> append.handover().push());
    appends.forEach(append -> BlobWriter.await(append.ticket()));
  }

  /// Waits until the store has all bytes, though not yet on the disk, but the last ones, which go
  /// with what has the blob: nobody has to wait then who has the turn to change entries.
  public void ready() {
    appends.forEach(append -> ready(append.handover()));
  }

  private void ready(Handover handover) {
    try {
      handover.ready(tasks, BlobWriter.DEADLINE);
    } catch (TimeoutException e) {
      throw BlobWriter.slow();
    } catch (InterruptedException e) {
      throw BlobWriter.interrupted();
    }
  }

  /// On their way to the store.
  List<Handover> handovers() {
    return appends.stream().map(Append::handover).toList();
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
