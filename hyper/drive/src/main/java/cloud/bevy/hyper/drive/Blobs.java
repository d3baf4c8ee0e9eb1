package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.core.Core;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The blobs in a core.
final class Blobs {
  private final BlobBlocks blocks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<BlobId, Integer> reading = new HashMap<>();
  private final Set<BlobId> doomed = new HashSet<>();

  Blobs(Core core) {
    this.blocks = new BlobBlocks(core);
  }

  Core core() {
    return blocks.core();
  }

  BlobId put(InputStream bytes) throws IOException {
    return new BlobWriter(core()).write(bytes);
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
    return new BlobWriter(core()).writeMap(items);
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
    Pieces pieces = pieces(part, 0);
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
    return regular ? Math.min(left, BlobWriter.BLOCK_BYTES) : blocks.block(index).remaining();
  }

  private Pieces pieces(BlobId blob, long from) {
    return blob.blockMap()
        ? new MappedPieces(blocks, blob, from)
        : PlainPieces.of(blocks, blob, from);
  }

  long size(BlobId blob) {
    if (!blob.blockMap()) {
      return blob.byteLength();
    }
    long size = 0;
    Pieces pieces = pieces(blob, 0);
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
      return new BlobInput(blocks, blob, pieces(blob, from), left, () -> end(blob));
    } catch (RuntimeException e) {
      end(blob);
      throw e;
    }
  }

  /// Forgets a blob's blocks, now or when its last reader is done.
  void clear(BlobId blob) {
    lock.lock();
    try {
      if (reading.containsKey(blob)) {
        doomed.add(blob);
        return;
      }
    } finally {
      lock.unlock();
    }
    forget(blob);
  }

  private void begin(BlobId blob) {
    lock.lock();
    try {
      reading.merge(blob, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  private void end(BlobId blob) {
    boolean last;
    lock.lock();
    try {
      last = reading.merge(blob, -1, Integer::sum) == 0;
      if (last) {
        reading.remove(blob);
        last = doomed.remove(blob);
      }
    } finally {
      lock.unlock();
    }
    if (last) {
      forget(blob);
    }
  }

  private void forget(BlobId blob) {
    if (blob.blockMap()) {
      forgetItems(blob);
    }
    forget(blob.blockOffset(), blob.blockOffset() + blob.blockLength());
  }

  /// Clears what the block map lists, as few ranges as there are.
  private void forgetItems(BlobId blob) {
    long start = 0;
    long end = 0;
    Pieces pieces = pieces(blob, 0);
    for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
      if (piece.index() != end) {
        forget(start, end);
        start = piece.index();
      }
      end = piece.index() + 1;
    }
    forget(start, end);
  }

  private void forget(long from, long to) {
    if (from < to) {
      core().clear(from, to);
    }
  }
}
