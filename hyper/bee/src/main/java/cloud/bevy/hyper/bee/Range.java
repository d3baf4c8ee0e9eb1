package cloud.bevy.hyper.bee;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which keys of a bee to go through, in which direction, and how many. Keys are ordered as
/// unsigned bytes.
public final class Range {
  private static final Range ALL = new Range(null, null, false, Long.MAX_VALUE);

  private final @Nullable Bound lower;
  private final @Nullable Bound upper;
  private final boolean backwards;
  private final long limit;

  private Range(@Nullable Bound lower, @Nullable Bound upper, boolean backwards, long limit) {
    this.lower = lower;
    this.upper = upper;
    this.backwards = backwards;
    this.limit = limit;
  }

  /// Every key, in ascending order.
  public static Range all() {
    return ALL;
  }

  /// Every key that begins with `prefix`, in ascending order.
  public static Range prefix(byte[] prefix) {
    Bound end = Bound.behind(prefix);
    return new Range(new Bound(prefix.clone(), true), end, false, Long.MAX_VALUE);
  }

  /// Every key behind all that begin with `prefix`, in ascending order.
  public static Range past(byte[] prefix) {
    Bound end = Bound.behind(prefix);
    return end == null
        ? ALL.limit(0)
        : new Range(new Bound(end.key, true), null, false, Long.MAX_VALUE);
  }

  /// Only keys that are in the other range as well. Direction and limit stay, but for the smaller
  /// limit of the two.
  public Range intersect(Range other) {
    return new Range(
        Bound.later(lower, other.lower),
        Bound.earlier(upper, other.upper),
        backwards,
        Math.min(limit, other.limit));
  }

  /// Only keys greater than `key`.
  public Range gt(byte[] key) {
    return new Range(new Bound(key.clone(), false), upper, backwards, limit);
  }

  /// Only keys greater than or equal to `key`.
  public Range gte(byte[] key) {
    return new Range(new Bound(key.clone(), true), upper, backwards, limit);
  }

  /// Only keys less than `key`.
  public Range lt(byte[] key) {
    return new Range(lower, new Bound(key.clone(), false), backwards, limit);
  }

  /// Only keys less than or equal to `key`.
  public Range lte(byte[] key) {
    return new Range(lower, new Bound(key.clone(), true), backwards, limit);
  }

  /// In descending order.
  public Range reverse() {
    return new Range(lower, upper, true, limit);
  }

  /// At most `count` entries.
  public Range limit(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a limit of " + count);
    }
    return new Range(lower, upper, backwards, count);
  }

  @Nullable Bound lower() {
    return lower;
  }

  @Nullable Bound upper() {
    return upper;
  }

  boolean backwards() {
    return backwards;
  }

  long limit() {
    return limit;
  }

  /// The same range of the keys that begin with `prefix`, where this one's bounds lack it.
  Range within(byte[] prefix) {
    Bound from = lower == null ? new Bound(prefix, true) : lower.within(prefix);
    Bound to = upper == null ? Bound.behind(prefix) : upper.within(prefix);
    return new Range(from, to, backwards, limit);
  }

  /// An end of a range.
  record Bound(byte[] key, boolean inclusive) {
    /// The least key that is greater than all that begin with `prefix`, if there is one.
    static @Nullable Bound behind(byte[] prefix) {
      int length = prefix.length;
      while (length > 0 && prefix[length - 1] == (byte) 0xff) {
        length--;
      }
      if (length == 0) {
        return null;
      }
      byte[] next = Arrays.copyOf(prefix, length);
      next[length - 1]++;
      return new Bound(next, false);
    }

    /// Of two lower ends the one that lets fewer keys in.
    static @Nullable Bound later(@Nullable Bound one, @Nullable Bound other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      int order = Arrays.compareUnsigned(one.key, other.key);
      return order > 0 || (order == 0 && !one.inclusive) ? one : other;
    }

    /// Of two upper ends the one that lets fewer keys in.
    static @Nullable Bound earlier(@Nullable Bound one, @Nullable Bound other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      int order = Arrays.compareUnsigned(one.key, other.key);
      return order < 0 || (order == 0 && !one.inclusive) ? one : other;
    }

    Bound within(byte[] prefix) {
      return new Bound(Sub.join(prefix, key), inclusive);
    }
  }
}
