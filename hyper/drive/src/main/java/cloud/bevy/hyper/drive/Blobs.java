package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The blobs in a core, for readers of one patience.
final class Blobs {
  /// How many blocks of a blob are fetched before it is read.
  private static final int BEGINNING = 16;

  private final World world;
  private final Content content;
  private final Duration patience;
  private final Readers readers;
  private volatile @Nullable BlobBlocks known;

  Blobs(World world, Content content) {
    this(world, content, Duration.ZERO, new Readers());
  }

  private Blobs(World world, Content content, Duration patience, Readers readers) {
    this.world = world;
    this.content = content;
    this.patience = patience;
    this.readers = readers;
  }

  /// The same blobs for readers of another patience.
  Blobs patience(Duration other, Content found) {
    return new Blobs(world, found, other, readers);
  }

  /// Who reads which blob, whatever their patience.
  private static final class Readers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BlobId, Integer> reading = new HashMap<>();
    private final Set<BlobId> doomed = new HashSet<>();

    /// What is being cleared: nobody may begin to rely on it, though its blocks may still be there.
    private final Set<BlobId> leaving = new HashSet<>();
  }

  Tasks tasks() {
    return world.tasks();
  }

  Content content() {
    return content;
  }

  Core core() {
    return blocks().core();
  }

  private BlobBlocks blocks() {
    BlobBlocks blocks = known;
    if (blocks == null) {
      blocks = BlobBlocks.of(world, content.core(), patience);
      known = blocks;
    }
    return blocks;
  }

  PendingBlob write(InputStream bytes) throws IOException {
    return new BlobWriter(world, core()).write(bytes);
  }

  PendingBlob write(byte[] bytes) {
    return new BlobWriter(world, core()).write(bytes);
  }

  /// Whether all of a blob is here.
  boolean has(BlobId blob) {
    Optional<Core> core = content.known();
    return core.isPresent() && has(core.get(), blob);
  }

  private boolean has(Core core, BlobId blob) {
    if (!blocks().has(blob.blockOffset(), blob.blockLength())) {
      return false;
    }
    Pieces pieces = blob.blockMap() ? pieces(blob, 0, 0) : null;
    for (var piece = next(pieces); piece != null; piece = next(pieces)) {
      if (!core.has(piece.index())) {
        return false;
      }
    }
    return true;
  }

  private static Pieces.@Nullable Piece next(@Nullable Pieces pieces) {
    return pieces == null ? null : pieces.next();
  }

  /// Has the beginning of a blob fetched, where it is elsewhere.
  void expect(BlobId blob) {
    if (patience.isPositive() && blob.blockLength() > 0) {
      long count = Math.min(blob.blockLength(), BEGINNING);
      blocks().ahead().expect(blob.blockOffset(), blob.blockOffset() + count);
    }
  }

  /// The ranges of blocks that a blob has.
  List<Want.Blocks> ranges(BlobId blob) {
    List<Want.Blocks> ranges = new ArrayList<>();
    if (blob.blockLength() > 0) {
      long end = Math.addExact(blob.blockOffset(), blob.blockLength());
      ranges.add(new Want.Blocks(blob.blockOffset(), end, false));
    }
    Pieces pieces = blob.blockMap() ? pieces(blob, 0, 0) : null;
    for (var piece = next(pieces); piece != null; piece = next(pieces)) {
      Want.Blocks last = ranges.getLast();
      boolean follows = last.to() == piece.index();
      long from = follows ? last.from() : piece.index();
      Want.Blocks range = new Want.Blocks(from, piece.index() + 1, false);
      if (follows) {
        ranges.removeLast();
      }
      ranges.add(range);
    }
    return ranges;
  }

  /// A plain blob where the parts follow one another, else a block map over all of them.
  BlobId join(List<BlobId> parts) {
    List<BlobId> full = parts.stream().filter(part -> part.byteLength() > 0).toList();
    if (full.isEmpty()) {
      return parts.isEmpty() ? empty() : parts.getFirst();
    }
    if (follow(full)) {
      return full.stream().reduce(Blobs::and).orElseThrow();
    }
    List<BlockMap.Item> items = new ArrayList<>();
    full.forEach(part -> addItems(part, items));
    return new BlobWriter(world, core()).writeMap(items);
  }

  private BlobId empty() {
    var tip = core().tip();
    return new BlobId(tip.length(), 0, tip.byteLength(), 0, false);
  }

  private static boolean follow(List<BlobId> parts) {
    for (int i = 0; i < parts.size(); i++) {
      BlobId part = parts.get(i);
      BlobId before = parts.get(Math.max(0, i - 1));
      if (part.blockMap()
          || (i > 0 && before.blockOffset() + before.blockLength() != part.blockOffset())) {
        return false;
      }
    }
    return true;
  }

  private static BlobId and(BlobId first, BlobId second) {
    return new BlobId(
        first.blockOffset(),
        first.blockLength() + second.blockLength(),
        first.byteOffset(),
        first.byteLength() + second.byteLength(),
        false);
  }

  private void addItems(BlobId part, List<BlockMap.Item> items) {
    Pieces pieces = pieces(part, 0, 0);
    long left = part.byteLength();
    for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
      long size = piece.size() >= 0 ? piece.size() : plainSize(part, piece.index(), left);
      items.add(new BlockMap.Item(piece.index(), size));
      left -= size;
    }
  }

  /// Blobs that were written here have blocks of one size; of others the blocks are looked at.
  private long plainSize(BlobId part, long index, long left) {
    long usual = (part.blockLength() - 1) * BlobWriter.BLOCK_BYTES;
    boolean regular =
        usual < part.byteLength() && part.byteLength() <= usual + BlobWriter.BLOCK_BYTES;
    return regular ? Math.min(left, BlobWriter.BLOCK_BYTES) : blocks().block(index).remaining();
  }

  private Pieces pieces(BlobId blob, long from, long length) {
    return blob.blockMap()
        ? new MappedPieces(blocks(), blob, from, length)
        : PlainPieces.of(blocks(), blob, from, length);
  }

  long size(BlobId blob) {
    if (!blob.blockMap()) {
      return blob.byteLength();
    }
    long size = 0;
    Pieces pieces = pieces(blob, 0, 0);
    for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
      size += piece.size();
    }
    return size;
  }

  InputStream read(BlobId blob, long from, long length) {
    if (from < 0 || length < 0) {
      throw new IllegalArgumentException("no range: " + length + " bytes from " + from);
    }
    long left = blob.blockMap() ? length : Math.min(length, blob.byteLength() - from);
    if (left <= 0) {
      return InputStream.nullInputStream();
    }
    begin(blob);
    try {
      return new BlobInput(blocks(), blob, pieces(blob, from, left), left, () -> end(blob));
    } catch (RuntimeException e) {
      end(blob);
      throw e;
    }
  }

  /// Keeps a blob from being cleared until what is returned is closed.
  ///
  /// @return nothing where not all of it is here, or it is being cleared
  Optional<Registration> hold(BlobId blob) {
    readers.lock.lock();
    try {
      if (readers.leaving.contains(blob) || readers.doomed.contains(blob)) {
        return Optional.empty();
      }
      readers.reading.merge(blob, 1, Integer::sum);
    } finally {
      readers.lock.unlock();
    }
    try {
      if (has(blob)) {
        AtomicBoolean held = new AtomicBoolean(true);
        return Optional.of(() -> {
          if (held.getAndSet(false)) {
            end(blob);
          }
        });
      }
    } catch (RuntimeException failure) {
      end(blob);
      throw failure;
    }
    end(blob);
    return Optional.empty();
  }

  /// Forgets a blob's blocks, now or when its last reader is done.
  void clear(BlobId blob) {
    readers.lock.lock();
    try {
      if (readers.reading.containsKey(blob)) {
        readers.doomed.add(blob);
        return;
      }
      readers.leaving.add(blob);
    } finally {
      readers.lock.unlock();
    }
    forget(blob);
  }

  private void begin(BlobId blob) {
    readers.lock.lock();
    try {
      readers.reading.merge(blob, 1, Integer::sum);
    } finally {
      readers.lock.unlock();
    }
  }

  private void end(BlobId blob) {
    boolean last;
    readers.lock.lock();
    try {
      last = readers.reading.merge(blob, -1, Integer::sum) == 0;
      if (last) {
        readers.reading.remove(blob);
        last = readers.doomed.remove(blob) && readers.leaving.add(blob);
      }
    } finally {
      readers.lock.unlock();
    }
    if (last) {
      forget(blob);
    }
  }

  private void forget(BlobId blob) {
    List<Ticket> cleared = new ArrayList<>();
    try {
      if (blob.blockMap()) {
        forgetItems(blob, cleared);
      }
      forget(blob.blockOffset(), blob.blockOffset() + blob.blockLength(), cleared);
    } finally {
      CompletionStage<Void> all = CompletableFuture.completedFuture(null);
      for (Ticket ticket : cleared) {
        all = all.thenCombine(ticket.stage(), (_, _) -> null);
      }
      all.whenComplete((_, _) -> left(blob));
    }
  }

  private void left(BlobId blob) {
    readers.lock.lock();
    try {
      readers.leaving.remove(blob);
    } finally {
      readers.lock.unlock();
    }
  }

  /// Clears what the block map lists, as few ranges as there are.
  private void forgetItems(BlobId blob, List<Ticket> cleared) {
    long start = 0;
    long end = 0;
    Pieces pieces = pieces(blob, 0, 0);
    for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
      if (piece.index() != end) {
        forget(start, end, cleared);
        start = piece.index();
      }
      end = piece.index() + 1;
    }
    forget(start, end, cleared);
  }

  private void forget(long from, long to, List<Ticket> cleared) {
    if (from < to) {
      cleared.add(core().clear(from, to));
    }
  }
}
