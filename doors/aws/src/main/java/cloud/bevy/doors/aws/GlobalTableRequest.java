package cloud.bevy.doors.aws;

import java.util.Arrays;

/// What is asked of a table of several regions, which there is not.
///
/// @param shape what the request looks like
record GlobalTableRequest(Shape.Structure shape) implements DynamoOperation {
  private static final String NAME = "GlobalTableName";

  /// @param input what the request is called
  static GlobalTableRequest of(String input) {
    return new GlobalTableRequest(new Shape.Structure(input, name(NAME, new Constraint.NotNull())));
  }

  /// A member that names such a table.
  static Shape.Member name(String member, Constraint... more) {
    Constraint[] all = Arrays.copyOf(more, more.length + 3);
    all[more.length] = new Constraint.Shortest(3);
    all[more.length + 1] = new Constraint.Longest(ItemShapes.LONGEST_NAME);
    all[more.length + 2] = new Constraint.Matches(ItemShapes.NAME_PATTERN);
    return Shape.text(member, all);
  }

  @Override
  public void run(DynamoCall call) {
    throw DynamoRefusal.noGlobalTable(call.parameters().needed(NAME));
  }
}
