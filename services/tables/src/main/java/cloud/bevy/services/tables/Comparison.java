package cloud.bevy.services.tables;

/// How two values can be compared.
public enum Comparison {
  /// They are the same.
  EQUAL("="),
  /// They are not the same, or of different types.
  NOT_EQUAL("<>"),
  /// The first is less.
  LESS("<"),
  /// The first is less, or they are the same.
  LESS_OR_EQUAL("<="),
  /// The first is greater.
  GREATER(">"),
  /// The first is greater, or they are the same.
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /// How it is written in an expression.
  public String symbol() {
    return symbol;
  }

  /// The comparison that says the same with the two values exchanged.
  public Comparison mirrored() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /// Whether it holds for two values, which are scalars of one type.
  public boolean holds(AttributeValue left, AttributeValue right) {
    Integer order = ConditionEvaluator.order(left, right);
    return order != null && holds(order);
  }

  /// Whether it holds for two values of which the order is `order`, as of a comparator.
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
