package cloud.bevy.doors.aws;

import java.io.IOException;

/// Has the changes of a table go to a stream of Kinesis, or no more: there is none.
///
/// @param shape what the request looks like
record KinesisRequest(Shape.Structure shape) implements DynamoOperation {
  private static final String STREAM = "StreamArn";

  /// @param input what the request is called
  static KinesisRequest of(String input) {
    return new KinesisRequest(
        new Shape.Structure(
            input,
            TableAnswer.NEEDED_TABLE_NAME,
            Shape.text(
                STREAM,
                new Constraint.NotNull(),
                new Constraint.Shortest(37),
                new Constraint.Longest(1024))));
  }

  @Override
  public boolean aboutTables() {
    return true;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    call.tables().table(call.parameters().tableName());
    throw DynamoRefusal.noStream(call.parameters().needed(STREAM));
  }
}
