package cloud.bevy.hyper.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Where a sealed segment's blocks and tree nodes are, as its log says it: what its index would
/// say, were it not damaged.
final class LogIndex {
  private final Map<Long, LongTable> tables = new HashMap<>();

  private LogIndex() {}

  /// Reads a segment up to where its index begins.
  static LogIndex of(SegmentScan scan, long indexAt) throws IOException {
    LogIndex index = new LogIndex();
    long at = Layout.SEGMENT_HEADER;
    while (at < indexAt) {
      SegmentScan.Met met = scan.frame(at);
      if (met == null) {
        at = scan.nextFrame(at + 1, indexAt);
      } else {
        index.add(met);
        at = met.end();
      }
    }
    return index;
  }

  private void add(SegmentScan.Met met) {
    Frame.Header header = met.header();
    if (header.kind() == Frame.BLOCK || header.kind() == Frame.NODE) {
      tables
          .computeIfAbsent(name(header.kind(), header.core()), fresh -> new LongTable())
          .put(key(header.kind(), header.index()), met.place());
    }
  }

  /// What a block or a tree node goes by in an index.
  static long key(byte kind, long index) {
    return kind == Frame.NODE ? TreeNode.position(index) : index;
  }

  /// Where a frame is; zero where there is none.
  ///
  /// @param core what its core is called in the segment
  long place(byte kind, int core, long key) {
    LongTable table = tables.get(name(kind, core));
    return table == null ? 0 : table.get(key);
  }

  /// The keys that a core has in the segment, ascending.
  long[] keys(byte kind, int core) {
    LongTable table = tables.get(name(kind, core));
    return table == null ? new long[0] : table.sortedKeys();
  }

  private static long name(byte kind, int core) {
    return (long) core << Byte.SIZE | kind;
  }
}
