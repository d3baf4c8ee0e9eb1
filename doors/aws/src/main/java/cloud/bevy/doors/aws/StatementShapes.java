package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.PartiqlParser;
import cloud.bevy.services.tables.Statement;

/// What requests with PartiQL statements share.
final class StatementShapes {
  static final Shape.Member STATEMENT =
      Shape.text(
          "Statement",
          new Constraint.NotNull(),
          new Constraint.Shortest(1),
          new Constraint.Longest(8192));
  static final Shape.Member PARAMETERS =
      Shape.member("Parameters", new Shape.ListOf(Shape.Scalar.VALUE), new Constraint.Shortest(1));

  private StatementShapes() {}

  /// @throws cloud.bevy.services.tables.InvalidRequest if a parameter is not a proper value
  static void checkParameters(Parameters parameters) {
    parameters.values("Parameters");
  }

  /// The statement of a request, or of a part of one.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if it is none
  static Statement read(Parameters parameters) {
    return PartiqlParser.parse(parameters.needed("Statement"), parameters.values("Parameters"));
  }
}
