package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Tasks;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// A claim on durability: says when a batch, and everything submitted before it, is on the disk.
public final class Ticket {
  private final Tasks tasks;
  private final CompletableFuture<Void> stage = new CompletableFuture<>();

  /// Whether the batch will never be stored. Guarded by the store's lock.
  private boolean lost;

  Ticket(Tasks tasks) {
    this.tasks = tasks;
  }

  /// A claim on what is still to be submitted: it ends as `stage` does. For those who gather
  /// changes before they submit them.
  public static Ticket following(Tasks tasks, CompletionStage<Void> stage) {
    Ticket ticket = new Ticket(tasks);
    stage.whenComplete((_, failure) -> {
      if (failure == null) {
        ticket.stage.complete(null);
      } else {
        ticket.stage.completeExceptionally(failure);
      }
    });
    return ticket;
  }

  /// Whether the batch is durable.
  public boolean durable() {
    return stage.isDone() && !stage.isCompletedExceptionally();
  }

  /// Waits until the batch is durable.
  ///
  /// @throws TimeoutException if that is still open after `deadline`; it may yet become durable
  /// @throws StoreFault if it will not become durable
  public void await(Duration deadline) throws InterruptedException, TimeoutException {
    try {
      if (!durable()) {
        tasks.await(stage, deadline);
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreFault fault ? again(fault) : e;
    }
  }

  /// Completes when the batch is durable, or with a [StoreFault] when it will not be. What depends
  /// on it runs on the task that writes, so it has to be short and must not block.
  public CompletionStage<Void> stage() {
    return stage.minimalCompletionStage();
  }

  /// One fault fails many tickets; each that waits throws one with its own stack.
  private static StoreFault again(StoreFault fault) {
    String message = Objects.requireNonNullElse(fault.getMessage(), "");
    return new StoreFault(fault.kind(), message, fault.hint(), fault);
  }

  /// Says that the batch will never be stored, before anybody is told. Under the store's lock.
  void lose() {
    lost = true;
  }

  boolean lost() {
    return lost;
  }

  void complete() {
    stage.complete(null);
  }

  void fail(StoreFault fault) {
    stage.completeExceptionally(fault);
  }
}
