package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Manifest;
import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Replica;
import cloud.bevy.hyper.core.Source;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.store.Head;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// A peer in the same process: copies what a core lacks from another corestore, proof by proof.
final class Copying {
  private final World world;
  private final Corestore from;
  private final AtomicLong blocks = new AtomicLong();

  Copying(World world, Corestore from) {
    this.world = world;
    this.from = from;
  }

  /// How many blocks were copied.
  long blocks() {
    return blocks.get();
  }

  /// Has what a core lacks copied.
  Registration follow(Core core) {
    Peer peer = new Peer(core.replica(), from.find(core.key()).orElseThrow().replica());
    Registration attached = core.attach(peer);
    Registration listening = peer.origin.listen(peer);
    return () -> {
      attached.close();
      listening.close();
    };
  }

  private final class Peer implements Source, Listener {
    private final Replica copy;
    private final Replica origin;
    private final Set<Want> wants = ConcurrentHashMap.newKeySet();
    private final ReentrantLock turn = new ReentrantLock();

    Peer(Replica copy, Replica origin) {
      this.copy = copy;
      this.origin = origin;
    }

    @Override
    public void want(Want want) {
      wants.add(want);
      world.tasks().start("copy", () -> serve(want));
    }

    @Override
    public void cancel(Want want) {
      wants.remove(want);
    }

    @Override
    public CompletionStage<Void> newest() {
      CompletableFuture<Void> done = new CompletableFuture<>();
      world
          .tasks()
          .start(
              "newest",
              () -> {
                upgrade();
                done.complete(null);
              });
      return done;
    }

    @Override
    public void grown(Head head) {
      world
          .tasks()
          .start(
              "grown",
              () -> {
                upgrade();
                wants.forEach(this::serve);
              });
    }

    private void serve(Want want) {
      upgrade();
      switch (want) {
        case Want.Blocks range -> {
          long end = Math.min(range.to(), origin.head().length());
          for (long block = range.from(); block < end && wants.contains(want); block++) {
            fetch(block);
          }
        }
        case Want.Byte spot ->
            take(
                new Proof.Request(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Proof.Spot(spot.bytes(), spot.padding())),
                    Optional.empty()));
      }
    }

    private void upgrade() {
      turn.lock();
      try {
        long start = copy.tip().length();
        long end = origin.head().length();
        if (end > start) {
          take(
              new Proof.Request(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new Proof.Range(start, end - start))));
        }
      } finally {
        turn.unlock();
      }
    }

    private void fetch(long block) {
      turn.lock();
      try {
        if (!copy.has(block) && origin.has(block)) {
          blocks.incrementAndGet();
          take(
              new Proof.Request(
                  Optional.of(new Proof.Wanted(block, copy.missingNodes(2 * block))),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
        }
      } finally {
        turn.unlock();
      }
    }

    private void take(Proof.Request request) {
      try {
        Optional<Manifest> manifest =
            copy.manifest().isPresent() ? Optional.empty() : origin.manifest();
        copy.accept(List.of(new Proof.Message(1, origin.prove(request), manifest)));
      } catch (MalformedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
