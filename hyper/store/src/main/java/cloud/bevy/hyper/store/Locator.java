package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Finds frames by the index and reads them. What is read is checked against both checksums and
/// against what was asked for, so that a damaged index entry cannot pass either.
final class Locator {
  private final Ground ground;
  private final ReadAhead ahead;
  private final SegmentPaths paths;
  private final Scratch scratch = new Scratch();

  Locator(Ground ground) {
    this.ground = ground;
    this.ahead = new ReadAhead(ground);
    this.paths = new SegmentPaths(ground.layout);
  }

  /// Forgets what was read ahead.
  void rest() {
    ahead.rest();
    scratch.rest();
  }

  /// Where a frame is.
  ///
  /// @param core what its core is called in the segment
  /// @param run the run it was found by; none in the active segment
  record Spot(int segment, int core, long place, @Nullable Run run) {}

  /// Looks a key up in the runs, newest first.
  @Nullable Spot locate(List<Run> runs, byte kind, long key) throws IOException {
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      if (run.sees(key)) {
        long place = place(run, kind, key);
        if (place != 0) {
          return new Spot(run.segment(), run.core(), place, run);
        }
      }
    }
    return null;
  }

  /// A dense run has each of its keys; one that is sparse may have been searched in vain because
  /// what the search met is damaged.
  private long place(Run run, byte kind, long key) throws IOException {
    LogIndex log = ground.indexes.known(run.segment());
    if (log == null) {
      long place = indexed(run, key);
      if (place != 0) {
        return place;
      }
      log = ground.indexes.ifDamaged(run.segment());
    }
    return log == null ? 0 : log.place(kind, run.core(), key);
  }

  private long indexed(Run run, long key) throws IOException {
    try {
      return run.sparse() ? sparse(run, key) : entry(run, key - run.first());
    } catch (EOFException shortened) {
      return 0;
    }
  }

  /// The keys that a run has and that can be seen, ascending.
  long[] keys(Run run, byte kind) throws IOException {
    if (!run.sparse()) {
      return LongStream.range(run.from(), run.to()).toArray();
    }
    LogIndex log = ground.indexes.ifDamaged(run.segment());
    if (log != null) {
      return LongStream.of(log.keys(kind, run.core())).filter(run::sees).toArray();
    }
    ByteBuffer entries = Frame.allocate(run.count() * Run.SPARSE_ENTRY);
    try (OpenFiles.Use use = use(run.segment())) {
      use.file().readFully(entries, run.at());
    }
    return LongStream.range(0, run.count())
        .map(i -> entries.getLong((int) i * Run.SPARSE_ENTRY))
        .filter(run::sees)
        .toArray();
  }

  /// Sets a bit for each block from `from` up to but not including `to` that a run has and shows.
  void mark(Run run, long from, long to, BitSet bits) throws IOException {
    if (run.from() >= to || run.to() <= from) {
      return;
    }
    if (!run.sparse()) {
      bits.set((int) (Math.max(from, run.from()) - from), (int) (Math.min(to, run.to()) - from));
      return;
    }
    for (long key : keys(run, Frame.BLOCK)) {
      if (key >= from && key < to) {
        bits.set((int) (key - from));
      }
    }
  }

  /// Reads the frame at a spot, or where the segment's log says that it is if its index is damaged.
  ///
  /// @throws NoSuchFileException where the segment is gone
  BlockLookup read(Spot spot, byte kind, long index) throws IOException {
    BlockLookup found = attempt(spot, kind, index);
    if (found instanceof BlockLookup.Corrupt && spot.run != null) {
      LogIndex log = ground.indexes.ifDamaged(spot.segment);
      long place = log == null ? 0 : log.place(kind, spot.core, LogIndex.key(kind, index));
      if (place != 0 && place != spot.place) {
        found = attempt(new Spot(spot.segment, spot.core, place, spot.run), kind, index);
      }
    }
    if (found instanceof BlockLookup.Corrupt corrupt) {
      ground.damaged(corrupt.reason());
    }
    return found;
  }

  private BlockLookup attempt(Spot spot, byte kind, long index) throws IOException {
    int length = Frame.length(spot.place);
    if (length < 0 || length > Batch.MAXIMUM_BLOCK) {
      return corrupt(spot, index, "its index entry is damaged");
    }
    ByteBuffer frame;
    try {
      frame = frame(spot, kind, Frame.HEADER + length);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (EOFException e) {
      return corrupt(spot, index, "the segment ends early");
    } catch (IOException e) {
      return corrupt(spot, index, "the disk says: " + e.getMessage());
    }
    return check(spot, kind, index, frame);
  }

  /// A block where it stands, checked as when it is read.
  ///
  /// @return nothing where it cannot be had: who reads it is told why
  /// @throws NoSuchFileException where the segment is gone
  @Nullable BlockPart part(Spot spot, long index) throws IOException {
    int length = Frame.length(spot.place);
    if (length < 0 || length > Batch.MAXIMUM_BLOCK) {
      return null;
    }
    long at = Frame.offset(spot.place);
    OpenFiles.Use use = use(spot.segment);
    boolean sound = false;
    ByteBuffer buffer = scratch.take(Frame.HEADER + length);
    try {
      ByteBuffer frame = Scratch.part(buffer, Frame.HEADER + length);
      use.file().readFully(frame, at);
      sound = check(spot, Frame.BLOCK, index, frame) instanceof BlockLookup.Found;
    } catch (EOFException e) {
      return null;
    } finally {
      scratch.give(buffer);
      if (!sound) {
        use.close();
      }
    }
    return sound ? new BlockPart(use, at + Frame.HEADER, length) : null;
  }

  private ByteBuffer frame(Spot spot, byte kind, int size) throws IOException {
    long at = Frame.offset(spot.place);
    if (spot.run != null) {
      ReadAhead.Stream stream = kind == Frame.NODE ? ahead.nodes : ahead.blocks;
      ByteBuffer near = ahead.bytes(stream, spot.segment, at, size);
      if (near != null) {
        return near;
      }
    }
    ByteBuffer frame = Frame.allocate(size);
    try (OpenFiles.Use use = use(spot.segment)) {
      use.file().readFully(frame, at);
    }
    return frame;
  }

  /// A claim on a segment's file.
  OpenFiles.Use use(int segment) throws IOException {
    return ground.files.use(paths.of(segment));
  }

  private BlockLookup check(Spot spot, byte kind, long index, ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    int length = frame.capacity() - Frame.HEADER;
    int salt = Frame.salt(ground.id, spot.segment, Frame.offset(spot.place));
    Frame.Header header = Frame.read(frame, 0, crc, salt);
    if (header == null) {
      return corrupt(spot, index, "its frame is damaged");
    }
    if (header.kind() != kind
        || header.core() != spot.core
        || header.index() != index
        || header.length() != length) {
      return corrupt(spot, index, "something else is in its place");
    }
    if (Frame.sum(crc, frame, Frame.HEADER, length) != header.payloadSum()) {
      return corrupt(spot, index, "its content is damaged");
    }
    return new BlockLookup.Found(frame.slice(Frame.HEADER, length));
  }

  private static BlockLookup corrupt(Spot spot, long index, String why) {
    String where =
        "segment " + spot.segment + " at " + Frame.offset(spot.place) + ", index " + index;
    return new BlockLookup.Corrupt(index, where + ": " + why);
  }

  private long entry(Run run, long number) throws IOException {
    long at = run.at() + number * Run.DENSE_ENTRY;
    ByteBuffer near = ahead.bytes(ahead.entries, run.segment(), at, Long.BYTES);
    if (near != null) {
      return near.getLong(0);
    }
    try (OpenFiles.Use use = use(run.segment())) {
      return number(use.file(), at);
    }
  }

  private long sparse(Run run, long key) throws IOException {
    try (OpenFiles.Use use = use(run.segment())) {
      int low = 0;
      int high = run.count() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        long at = run.at() + (long) middle * Run.SPARSE_ENTRY;
        long found = number(use.file(), at);
        if (found == key) {
          return number(use.file(), at + Long.BYTES);
        }
        low = found < key ? middle + 1 : low;
        high = found < key ? high : middle - 1;
      }
      return 0;
    }
  }

  private static long number(DiskFile file, long at) throws IOException {
    ByteBuffer number = Frame.allocate(Long.BYTES);
    file.readFully(number, at);
    return number.getLong(0);
  }
}
