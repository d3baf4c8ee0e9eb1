package cloud.bevy.services.tables;

/// The expressions of a request. Errors name the expression they were found in.
public enum ExpressionKind {
  /// What must hold for a write to happen.
  CONDITION("ConditionExpression"),
  /// Which items of those read are answered.
  FILTER("FilterExpression"),
  /// Which keys a query reads.
  KEY_CONDITION("KeyConditionExpression"),
  /// Which attributes are answered.
  PROJECTION("ProjectionExpression"),
  /// How an item changes.
  UPDATE("UpdateExpression");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /// The request's parameter that holds such an expression.
  public String parameter() {
    return parameter;
  }

  /// What an expression of this kind is called within a sentence, without its noun.
  String words() {
    return switch (this) {
      case CONDITION -> "a condition";
      case FILTER -> "a filter";
      case KEY_CONDITION -> "a key condition";
      case PROJECTION -> "a projection";
      case UPDATE -> "an update";
    };
  }

  /// A refusal that names this expression and says why.
  InvalidRequest refuse(String reason) {
    return new InvalidRequest("Invalid " + parameter + ": " + reason);
  }
}
