package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the partitions that a condition confines to: what `IN` and `OR` say of a partition key is
/// a query for each of them.
///
/// @param partition the partition key
/// @param sort the sort key; null where there is none
record PartitionLookups(KeyAttribute partition, @Nullable KeyAttribute sort) {
  /// DynamoDB's limit for the values of a partition key behind `IN`.
  static final int MOST_CANDIDATES = 50;

  /// One partition.
  ///
  /// @param equal what makes the partition key equal to a value
  /// @param range what is asked of the sort key; null for nothing
  record Lookup(Condition equal, @Nullable Condition range) {
    /// What a query goes by.
    KeyCondition condition() {
      return KeyCondition.of(range == null ? equal : new Condition.And(equal, range));
    }

    private boolean sameRange(Lookup other) {
      return range == null ? other.range() == null : range.equals(other.range());
    }
  }

  /// The partitions, none of them twice; null if items of any partition may fulfil the condition.
  ///
  /// @throws InvalidRequest if `IN` has too many of them
  @Nullable List<Lookup> of(Condition condition) {
    return switch (condition) {
      case Condition.Or(Condition left, Condition right) -> either(of(left), of(right));
      case Condition.And _ -> together(WhereClause.parts(condition));
      case Condition.In(Operand value, List<Operand> candidates)
          when WhereClause.is(value, partition) ->
          candidates(value, candidates);
      case Condition.Compare compare when WhereClause.equality(compare, partition) != null ->
          List.of(new Lookup(compare, null));
      default -> null;
    };
  }

  private static @Nullable List<Lookup> candidates(Operand value, List<Operand> candidates) {
    if (candidates.size() > MOST_CANDIDATES) {
      throw new InvalidRequest(
          "The IN operator is provided with too many operands; number of operands: "
              + candidates.size());
    }
    List<Lookup> lookups = new ArrayList<>();
    for (Operand candidate : candidates) {
      add(lookups, new Lookup(new Condition.Compare(Comparison.EQUAL, value, candidate), null));
    }
    return lookups;
  }

  private static @Nullable List<Lookup> either(
      @Nullable List<Lookup> left, @Nullable List<Lookup> right) {
    if (left == null || right == null) {
      return null;
    }
    List<Lookup> all = new ArrayList<>(left);
    right.forEach(each -> add(all, each));
    return all;
  }

  /// Where two ranges of one partition are asked for, all of it is read.
  private static void add(List<Lookup> all, Lookup lookup) {
    for (int at = 0; at < all.size(); at++) {
      if (all.get(at).equal().equals(lookup.equal())) {
        if (!all.get(at).sameRange(lookup)) {
          all.set(at, new Lookup(lookup.equal(), null));
        }
        return;
      }
    }
    all.add(lookup);
  }

  private @Nullable List<Lookup> together(List<Condition> parts) {
    List<Lookup> found = null;
    Condition range = null;
    for (Condition part : parts) {
      if (found == null) {
        found = of(part);
      }
      if (range == null && sort != null && WhereClause.ranges(part, sort)) {
        range = part;
      }
    }
    if (found == null || range == null) {
      return found;
    }
    Condition common = range;
    return found.stream()
        .map(each -> each.range() == null ? new Lookup(each.equal(), common) : each)
        .toList();
  }

  /// The same in the order of the partition keys.
  static List<Lookup> sorted(List<Lookup> lookups, boolean ascending) {
    Comparator<byte[]> bytes = Arrays::compareUnsigned;
    Comparator<Lookup> order = Comparator.comparing(PartitionLookups::place, bytes);
    return lookups.stream().sorted(ascending ? order : order.reversed()).toList();
  }

  /// Where a partition stands among others. What is no key at all is refused when it is read.
  private static byte[] place(Lookup lookup) {
    return lookup.equal() instanceof Condition.Compare(Comparison _, Operand _, Operand right)
            && right instanceof Operand.Literal(AttributeValue value)
            && Arrays.stream(KeyType.values()).anyMatch(type -> type.accepts(value))
        ? KeyCodec.sort(value)
        : new byte[0];
  }
}
