package cloud.bevy.services.tables;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides whether an item fulfils a condition. A comparison with something the item does not have,
/// or with a value of another type, does not hold; `<>` does.
final class ConditionEvaluator {
  private final Item item;

  private ConditionEvaluator(Item item) {
    this.item = item;
  }

  /// Whether `item` fulfils `condition`. An item that does not exist is an empty one.
  static boolean holds(Condition condition, Item item) {
    return new ConditionEvaluator(item).holds(condition);
  }

  /// The order of two scalars of one type; null where they have none.
  static @Nullable Integer order(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.S(String a) && right instanceof AttributeValue.S(String b)) {
      return compareText(a, b);
    }
    if (left instanceof AttributeValue.N(Decimal a)
        && right instanceof AttributeValue.N(Decimal b)) {
      return a.compareTo(b);
    }
    if (left instanceof AttributeValue.B(Binary a) && right instanceof AttributeValue.B(Binary b)) {
      return a.compareTo(b);
    }
    return null;
  }

  /// The order of two strings by their UTF-8 bytes, which is that of their code points: UTF-16
  /// alone would put U+FFFF after U+10000.
  private static int compareText(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int at = 0; at < shared; at++) {
      char a = left.charAt(at);
      char b = right.charAt(at);
      if (a != b) {
        boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) -> holds(left) && holds(right);
      case Condition.Or(Condition left, Condition right) -> holds(left) || holds(right);
      case Condition.Not(Condition inner) -> !holds(inner);
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          compares(comparison, value(left), value(right));
      case Condition.Between(Operand value, Operand lower, Operand upper) -> {
        AttributeValue found = value(value);
        yield compares(Comparison.GREATER_OR_EQUAL, found, value(lower))
            && compares(Comparison.LESS_OR_EQUAL, found, value(upper));
      }
      case Condition.In in -> isIn(in);
      case Condition.AttributeExists(DocumentPath path) -> path.in(item) != null;
      case Condition.AttributeNotExists(DocumentPath path) -> path.in(item) == null;
      case Condition.AttributeType(Operand value, String type) -> {
        AttributeValue found = value(value);
        yield found != null && found.type().equals(type);
      }
      case Condition.BeginsWith(Operand value, Operand prefix) ->
          beginsWith(value(value), value(prefix));
      case Condition.Contains(Operand value, Operand part) -> contains(value(value), value(part));
    };
  }

  private boolean isIn(Condition.In in) {
    AttributeValue value = value(in.value());
    for (Operand candidate : in.candidates()) {
      if (value != null && value.equals(value(candidate))) {
        return true;
      }
    }
    return false;
  }

  private static boolean compares(
      Comparison comparison, @Nullable AttributeValue left, @Nullable AttributeValue right) {
    if (left == null || right == null) {
      return comparison == Comparison.NOT_EQUAL;
    }
    Integer order = order(left, right);
    return switch (comparison) {
      case EQUAL -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          order != null && comparison.holds(order);
    };
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value instanceof AttributeValue.S(String text)
        && prefix instanceof AttributeValue.S(String start)) {
      return text.startsWith(start);
    }
    return value instanceof AttributeValue.B(Binary bytes)
        && prefix instanceof AttributeValue.B(Binary start)
        && bytes.startsWith(start);
  }

  private static boolean contains(@Nullable AttributeValue value, @Nullable AttributeValue part) {
    if (value == null || part == null) {
      return false;
    }
    return switch (value) {
      case AttributeValue.S(String text) ->
          part instanceof AttributeValue.S(String piece) && text.contains(piece);
      case AttributeValue.B(Binary bytes) ->
          part instanceof AttributeValue.B(Binary piece) && bytes.contains(piece);
      case AttributeValue.SS(Collection<String> texts) ->
          part instanceof AttributeValue.S(String element) && texts.contains(element);
      case AttributeValue.NS(Collection<Decimal> numbers) ->
          part instanceof AttributeValue.N(Decimal element) && numbers.contains(element);
      case AttributeValue.BS(Collection<Binary> binaries) ->
          part instanceof AttributeValue.B(Binary element) && binaries.contains(element);
      case AttributeValue.L(Collection<AttributeValue> elements) -> elements.contains(part);
      case AttributeValue.M _, AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ ->
          false;
    };
  }

  private @Nullable AttributeValue value(Operand operand) {
    return switch (operand) {
      case Operand.Path(DocumentPath path) -> path.in(item);
      case Operand.Literal(AttributeValue value) -> value;
      case Operand.Size(Operand of) -> size(value(of));
    };
  }

  private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
    return switch (value) {
      case null -> null;
      case AttributeValue.S(String text) -> AttributeValue.number(text.length());
      case AttributeValue.B(Binary bytes) -> AttributeValue.number(bytes.length());
      case AttributeValue.SS(Collection<String> texts) -> AttributeValue.number(texts.size());
      case AttributeValue.NS(Collection<Decimal> numbers) -> AttributeValue.number(numbers.size());
      case AttributeValue.BS(Collection<Binary> binaries) -> AttributeValue.number(binaries.size());
      case AttributeValue.L(Collection<AttributeValue> elements) ->
          AttributeValue.number(elements.size());
      case AttributeValue.M(Map<String, AttributeValue> entries) ->
          AttributeValue.number(entries.size());
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ -> null;
    };
  }
}
