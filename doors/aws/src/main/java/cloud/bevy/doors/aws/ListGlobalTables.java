package cloud.bevy.doors.aws;

import java.io.IOException;

/// Lists the tables of several regions: none, for a cloud is in one.
final class ListGlobalTables implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListGlobalTablesInput",
          GlobalTableRequest.name("ExclusiveStartGlobalTableName"),
          Shape.whole("Limit", new Constraint.AtLeast(1)),
          Shape.text("RegionName"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    call.json().writeStartObject();
    call.json().writeArrayFieldStart("GlobalTables");
    call.json().writeEndArray();
    call.json().writeEndObject();
  }
}
