package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;

/// Part of a sealed segment's index: where the blocks (or tree nodes) of one core are, and which of
/// them can still be seen.
///
/// @param segment the number of the segment
/// @param core what the core is called in that segment
/// @param sparse whether entries are sorted pairs of key and place, rather than places alone
/// @param at where in the segment's file the entries begin
/// @param first the key of the first entry
/// @param count how many entries there are
/// @param from the first key that can be seen
/// @param to one past the last key that can be seen
/// @param bytes what the visible frames take; an estimate once the run was cut or cleared
record Run(
    int segment,
    int core,
    boolean sparse,
    long at,
    long first,
    int count,
    long from,
    long to,
    long bytes) {
  static final int ENCODED = 4 + 4 + 1 + 8 + 8 + 4 + 8 + 8 + 8;
  static final int DENSE_ENTRY = Long.BYTES;
  static final int SPARSE_ENTRY = 2 * Long.BYTES;

  boolean sees(long key) {
    return key >= from && key < to;
  }

  /// The same entries, of which fewer can be seen.
  Run within(long from, long to) {
    long visible = this.to - this.from;
    long share = Math.max(1, Math.round((double) bytes * (to - from) / visible));
    return new Run(segment, core, sparse, at, first, count, from, to, share);
  }

  void write(ByteBuffer into) {
    into.putInt(segment).putInt(core).put((byte) (sparse ? 1 : 0)).putLong(at);
    into.putLong(first).putInt(count).putLong(from).putLong(to).putLong(bytes);
  }

  static Run read(ByteBuffer from) {
    return new Run(
        from.getInt(),
        from.getInt(),
        from.get() != 0,
        from.getLong(),
        from.getLong(),
        from.getInt(),
        from.getLong(),
        from.getLong(),
        from.getLong());
  }
}
