package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of bee keys: from `from`, to before `to`. Both ends can be given so that they take in
/// exactly the wanted keys, because a key's bytes followed by a zero byte are its successor.
///
/// @param from null for the first key there is
/// @param to null for the end
record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
  /// All keys.
  static final KeyRange ALL = new KeyRange(null, null);

  /// The keys with this partition key whose sort key passes `test`, or all of the partition.
  static KeyRange of(AttributeValue partition, @Nullable KeyTest test) {
    byte[] prefix = KeyCodec.partition(partition);
    return switch (test) {
      case null -> beginning(prefix);
      case KeyTest.Between(AttributeValue lower, AttributeValue upper) ->
          new KeyRange(at(prefix, lower), successor(at(prefix, upper)));
      case KeyTest.BeginsWith(AttributeValue start) -> beginning(at(prefix, start));
      case KeyTest.Compares(Comparison comparison, AttributeValue value) -> {
        byte[] bound = at(prefix, value);
        yield compared(prefix, comparison, bound, successor(bound));
      }
    };
  }

  /// The same for the entries of an index, in which more follows the sort key.
  static KeyRange ofIndex(AttributeValue partition, @Nullable KeyTest test) {
    return ofIndex(List.of(partition), List.of(), test);
  }

  /// The entries of an index whose keys consist of several attributes.
  ///
  /// @param sorts the values of the first attributes of the sort key
  /// @param test what is asked of the attribute behind those
  static KeyRange ofIndex(
      List<AttributeValue> partitions, List<AttributeValue> sorts, @Nullable KeyTest test) {
    byte[] prefix = KeyCodec.join(KeyCodec.partition(partitions), KeyCodec.enclosed(sorts));
    return switch (test) {
      case null -> beginning(prefix);
      case KeyTest.Between(AttributeValue lower, AttributeValue upper) ->
          new KeyRange(enclosed(prefix, lower), behind(enclosed(prefix, upper)));
      case KeyTest.BeginsWith(AttributeValue start) ->
          beginning(KeyCodec.join(prefix, KeyCodec.begun(start)));
      case KeyTest.Compares(Comparison comparison, AttributeValue value) -> {
        byte[] bound = enclosed(prefix, value);
        yield compared(prefix, comparison, bound, behind(bound));
      }
    };
  }

  private static KeyRange beginning(byte[] prefix) {
    return new KeyRange(prefix, behind(prefix));
  }

  /// @param bound the least key with the value
  /// @param after the least key with a greater one
  private static KeyRange compared(
      byte[] prefix, Comparison comparison, byte[] bound, byte @Nullable [] after) {
    return switch (comparison) {
      case EQUAL -> new KeyRange(bound, after);
      case LESS -> new KeyRange(prefix, bound);
      case LESS_OR_EQUAL -> new KeyRange(prefix, after);
      case GREATER -> new KeyRange(after, behind(prefix));
      case GREATER_OR_EQUAL -> new KeyRange(bound, behind(prefix));
      case NOT_EQUAL -> throw new IllegalStateException("no key condition has <>");
    };
  }

  /// The keys of one segment of a parallel scan.
  static KeyRange segment(int segment, int total) {
    return new KeyRange(KeyCodec.boundary(segment, total), KeyCodec.boundary(segment + 1, total));
  }

  /// Whether `key` lies within.
  boolean contains(byte[] key) {
    return (from == null || Arrays.compareUnsigned(key, from) >= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  /// What is left of this range when all up to and with `key` has been read in this direction.
  KeyRange after(byte[] key, boolean forward) {
    return forward ? new KeyRange(successor(key), to) : new KeyRange(from, key);
  }

  /// What is left of ranges that are read one after another; nothing if `key` is in none of them.
  static List<KeyRange> after(List<KeyRange> ranges, byte[] key, boolean forward) {
    for (int at = 0; at < ranges.size(); at++) {
      if (ranges.get(at).contains(key)) {
        List<KeyRange> left = new ArrayList<>(ranges.subList(at, ranges.size()));
        left.set(0, left.getFirst().after(key, forward));
        return left;
      }
    }
    return List.of();
  }

  /// The range as a bee takes it.
  Range range(boolean forward) {
    Range range = Range.all();
    if (from != null) {
      range = range.gte(from);
    }
    if (to != null) {
      range = range.lt(to);
    }
    return forward ? range : range.reverse();
  }

  private static byte[] at(byte[] prefix, AttributeValue sort) {
    return KeyCodec.join(prefix, KeyCodec.sort(sort));
  }

  private static byte[] enclosed(byte[] prefix, AttributeValue sort) {
    return KeyCodec.join(prefix, KeyCodec.enclosed(sort));
  }

  private static byte[] successor(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /// The least key behind all that begin with `prefix`; null if there is none.
  private static byte @Nullable [] behind(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }
}
