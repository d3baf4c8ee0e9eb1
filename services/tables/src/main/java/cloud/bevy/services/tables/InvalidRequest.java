package cloud.bevy.services.tables;

/// A request that breaks a rule of tables. The message is written for whoever sent it, in
/// DynamoDB's words. It carries no stack trace: it says nothing about this program.
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean alone;

  /// Refuses a request with `message`.
  public InvalidRequest(String message) {
    this(message, false);
  }

  private InvalidRequest(String message, boolean alone) {
    super(message, null, false, false);
    this.alone = alone;
  }

  /// The same of a request that nothing else need be said of, though it is one of many: DynamoDB
  /// does not list it among the reasons why a transaction was cancelled.
  static InvalidRequest alone(String message) {
    return new InvalidRequest(message, true);
  }

  /// Whether nothing else need be said.
  boolean alone() {
    return alone;
  }

  /// The message; never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /// A request in which a value is wrong: `reason` after DynamoDB's usual opening.
  public static InvalidRequest parameter(String reason) {
    return new InvalidRequest("One or more parameter values were invalid: " + reason);
  }
}
