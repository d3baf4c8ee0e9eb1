package cloud.bevy.hyper.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// Deletes the files that a store no longer needs, beside whatever is being written: to delete a
/// segment takes some file systems as long as a hundred writes. Its task lives only while there is
/// something to delete. A file that stays is deleted after the next start. A few segments are not
/// deleted but kept, to be written over.
final class Removal {
  /// How long somebody who needs the space waits for it.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Ground ground;
  private final Spares spares;
  private List<Path> waiting = new ArrayList<>();
  private boolean running;
  private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

  Removal(Ground ground) {
    this.ground = ground;
    this.spares = new Spares(ground);
  }

  /// Gives a segment that is kept another name.
  ///
  /// @return false where there is none, and nothing has changed
  boolean give(Path name) throws IOException {
    return spares.give(name);
  }

  /// Has what an earlier process kept deleted.
  void start() {
    add(spares.leftOver());
  }

  /// Has files deleted soon.
  void add(List<Path> files) {
    if (files.isEmpty()) {
      return;
    }
    ground.lock.lock();
    try {
      waiting.addAll(files);
      if (!running) {
        ground.world.tasks().start("space of " + ground.layout.directory(), this::run);
        running = true;
        done = new CompletableFuture<>();
      }
    } finally {
      ground.lock.unlock();
    }
  }

  /// Completes when nothing that was added by now is left to delete.
  CompletableFuture<Void> done() {
    ground.lock.lock();
    try {
      return done;
    } finally {
      ground.lock.unlock();
    }
  }

  /// Waits for the space of what is being deleted, and deletes what is kept.
  ///
  /// @return whether some has come back
  boolean makeRoom() throws IOException {
    boolean more = await();
    return spares.delete() || more;
  }

  private boolean await() {
    CompletableFuture<Void> end = done();
    if (end.isDone()) {
      return false;
    }
    try {
      ground.world.tasks().await(end, PATIENCE);
      return true;
    } catch (TimeoutException slow) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    CompletableFuture<Void> end = done();
    try {
      for (List<Path> files = take(); !files.isEmpty(); files = take()) {
        files.forEach(this::delete);
      }
    } finally {
      end.complete(null);
    }
  }

  private List<Path> take() {
    ground.lock.lock();
    try {
      List<Path> taken = waiting;
      waiting = new ArrayList<>();
      running = !taken.isEmpty();
      return taken;
    } finally {
      ground.lock.unlock();
    }
  }

  private void delete(Path file) {
    try {
      ground.files.forget(file);
      if (!spares.keep(file)) {
        ground.disk().delete(file);
      }
      ground.files.gone(file);
    } catch (IOException e) {
      ground.world.log().warning("what the store no longer needs stays on the disk: " + e);
    }
  }
}
