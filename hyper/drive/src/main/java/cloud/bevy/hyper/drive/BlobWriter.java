package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.GivenBlocks;
import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Appends one blob, a group of blocks at a time. Others may append in between: then a block map
/// says which blocks are this one's.
final class BlobWriter {
  /// The size of a block: hyperblobs' default.
  static final int BLOCK_BYTES = 1 << 16;

  /// How many blocks are appended at once, where they come fast: twice as many as in hyperblobs, as
  /// so many are hashed side by side where Java hashes.
  static final int GROUP_BLOCKS = 32;

  /// How many bytes are appended at once.
  static final int GROUP_BYTES = GROUP_BLOCKS * BLOCK_BYTES;

  /// How many bytes are on their way to the disk at once: one `fsync` serves all that wait.
  private static final long UNDER_WAY = 2 * GROUP_BYTES;

  /// How many groups may be hashed while the one before them is.
  private static final int HASHED_AHEAD = 2;

  /// How many bytes may be hashed ahead in all blobs of this process: they wait in memory for what
  /// their clients send next.
  private static final long PLENTY = 16 << 20;

  private static final AtomicLong AHEAD = new AtomicLong();

  /// How long to wait for a group to become durable.
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private final World world;
  private final Core core;
  private final List<Run> runs = new ArrayList<>();
  private final Deque<Coming> coming = new ArrayDeque<>();
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private long bytesUnderWay;

  BlobWriter(World world, Core core) {
    this.world = world;
    this.core = core;
  }

  /// Blocks that are not appended yet.
  ///
  /// @param hashed completes when they have been hashed, or have to be when they are appended
  /// @param last whether none come behind them: then they are left for what is to have the blob
  private record Coming(
      GivenBlocks blocks, long bytes, CompletableFuture<Void> hashed, boolean last) {}

  /// Blocks on their way to the disk.
  private record Sent(Append append, long bytes) {}

  /// Blocks that follow one another. All but the last block have the same size.
  private record Run(long start, long blocks, long byteStart, long bytes) {
    long end() {
      return start + blocks;
    }

    boolean full() {
      return bytes == blocks * BLOCK_BYTES;
    }

    /// This run and the one after it as one.
    Run and(Run next) {
      return new Run(start, blocks + next.blocks, byteStart, bytes + next.bytes);
    }

    void addItems(List<BlockMap.Item> items) {
      for (long i = 0; i < blocks; i++) {
        items.add(new BlockMap.Item(start + i, Math.min(BLOCK_BYTES, bytes - i * BLOCK_BYTES)));
      }
    }
  }

  /// Appends all bytes, and does not wait for the last of them to be durable.
  PendingBlob write(InputStream bytes) throws IOException {
    try {
      IncomingBlocks incoming = new IncomingBlocks(world.time(), bytes);
      for (var group = incoming.group(); !group.isEmpty(); group = incoming.group()) {
        append(group, incoming.ended());
      }
      return finish();
    } catch (IOException | RuntimeException e) {
      forget();
      throw e;
    }
  }

  /// The same for bytes that are all here.
  PendingBlob write(byte[] bytes) {
    try {
      for (int at = 0; at < bytes.length; at += GROUP_BYTES) {
        int end = Math.min(bytes.length - at, GROUP_BYTES) + at;
        append(group(bytes, at, end), end == bytes.length);
      }
      return finish();
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  private void forget() {
    coming.forEach(never -> AHEAD.addAndGet(-never.bytes()));
    coming.clear();
    runs.forEach(run -> core.clear(run.start, run.end()));
  }

  /// Appends a list of blocks that are there already, and waits until it is durable.
  BlobId writeMap(List<BlockMap.Item> items) {
    BlobId blob = appendMap(items);
    underWay.forEach(sent -> await(sent.append().ticket()));
    return blob;
  }

  private BlobId appendMap(List<BlockMap.Item> items) {
    List<byte[]> blocks = BlockMap.write(items);
    long bytes = bytes(blocks);
    Append append = send(core.give(blocks), bytes);
    return new BlobId(append.start(), blocks.size(), append.byteStart(), bytes, true);
  }

  /// Bytes in blocks.
  static List<byte[]> blocks(byte[] bytes) {
    return group(bytes, 0, bytes.length);
  }

  /// A part of an array in blocks, copied.
  private static List<byte[]> group(byte[] bytes, int from, int to) {
    List<byte[]> blocks = new ArrayList<>(GROUP_BLOCKS);
    for (int at = from; at < to; at += BLOCK_BYTES) {
      blocks.add(Arrays.copyOfRange(bytes, at, Math.min(to, at + BLOCK_BYTES)));
    }
    return blocks;
  }

  /// Has a group appended behind those before it. Of a large blob the next groups are hashed
  /// meanwhile, each by a task of its own.
  private void append(List<byte[]> group, boolean last) {
    long bytes = bytes(group);
    GivenBlocks blocks = core.given(group);
    CompletableFuture<Void> hashed = CompletableFuture.completedFuture(null);
    if (bytes == GROUP_BYTES) {
      hashed = new CompletableFuture<>();
      hash(blocks, hashed);
    }
    coming.addLast(new Coming(blocks, bytes, hashed, last));
    boolean plenty = AHEAD.addAndGet(bytes) > PLENTY;
    int ahead = plenty || bytes < GROUP_BYTES ? 0 : HASHED_AHEAD;
    while (coming.size() > ahead) {
      appendNext();
    }
  }

  private void hash(GivenBlocks blocks, CompletableFuture<Void> hashed) {
    world
        .tasks()
        .start(
            "hashes",
            () -> {
              try {
                blocks.hash();
              } finally {
                hashed.complete(null);
              }
            });
  }

  private void appendNext() {
    Coming next = coming.removeFirst();
    long bytes = next.bytes();
    AHEAD.addAndGet(-bytes);
    await(next.hashed());
    while (bytesUnderWay + bytes > UNDER_WAY) {
      Sent first = underWay.removeFirst();
      await(first.append().ticket());
      bytesUnderWay -= first.bytes();
    }
    GivenBlocks blocks = next.blocks();
    Append append = send(next.last() ? core.leave(blocks) : core.give(blocks), bytes);
    Run run = new Run(append.start(), append.length() - append.start(), append.byteStart(), bytes);
    Run before = runs.isEmpty() ? null : runs.getLast();
    if (before != null && before.end() == run.start && before.full()) {
      runs.set(runs.size() - 1, before.and(run));
    } else {
      runs.add(run);
    }
  }

  private Append send(Append append, long bytes) {
    underWay.addLast(new Sent(append, bytes));
    bytesUnderWay += bytes;
    return append;
  }

  private PendingBlob finish() {
    while (!coming.isEmpty()) {
      appendNext();
    }
    BlobId blob = blob();
    return new PendingBlob(world.tasks(), blob, underWay.stream().map(Sent::append).toList());
  }

  private BlobId blob() {
    if (runs.isEmpty()) {
      Tip tip = core.tip();
      return new BlobId(tip.length(), 0, tip.byteLength(), 0, false);
    }
    if (runs.size() == 1) {
      Run run = runs.getFirst();
      return new BlobId(run.start, run.blocks, run.byteStart, run.bytes, false);
    }
    List<BlockMap.Item> items = new ArrayList<>();
    runs.forEach(run -> run.addItems(items));
    return appendMap(items);
  }

  private static long bytes(List<byte[]> blocks) {
    return blocks.stream().mapToLong(block -> block.length).sum();
  }

  private void await(CompletableFuture<Void> hashed) {
    try {
      world.tasks().await(hashed, DEADLINE);
    } catch (TimeoutException e) {
      throw slow();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static void await(Ticket ticket) {
    try {
      ticket.await(DEADLINE);
    } catch (TimeoutException e) {
      throw slow();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static DriveFault slow() {
    return new DriveFault(
        DriveFault.Kind.SLOW, "bytes were not durable after " + DEADLINE.toSeconds() + " s");
  }

  static DriveFault interrupted() {
    Thread.currentThread().interrupt();
    return new DriveFault(DriveFault.Kind.SLOW, "interrupted while waiting for the disk");
  }
}
