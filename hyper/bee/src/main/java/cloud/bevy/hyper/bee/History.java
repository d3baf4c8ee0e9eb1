package cloud.bevy.hyper.bee;

/// Which part of a bee's history to go through, and in which direction.
///
/// @param since the first sequence, at least 1: block 0 is the header
/// @param until the sequence to stop before
/// @param backwards newest first
/// @param limit how many changes at most
public record History(long since, long until, boolean backwards, long limit) {
  /// Checks the bounds.
  public History {
    if (since < 1 || until < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "history since " + since + " until " + until + " limit " + limit);
    }
  }

  /// All of it, oldest first.
  public static History all() {
    return new History(1, Long.MAX_VALUE, false, Long.MAX_VALUE);
  }

  /// From the block at `sequence` on.
  public History since(long sequence) {
    return new History(sequence, until, backwards, limit);
  }

  /// What made `version`, and nothing later.
  public History until(long version) {
    return new History(since, version, backwards, limit);
  }

  /// Newest first.
  public History reverse() {
    return new History(since, until, true, limit);
  }

  /// At most `count` changes.
  public History limit(long count) {
    return new History(since, until, backwards, count);
  }
}
