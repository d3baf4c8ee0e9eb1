package cloud.bevy.doors.aws;

import java.io.IOException;

/// Lists the tables and indexes whose users are counted: none.
final class ListContributorInsights implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListContributorInsightsInput",
          TableAnswer.TABLE_NAME,
          Shape.text("NextToken"),
          Shape.whole("MaxResults", new Constraint.AtMost(100)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public boolean aboutTables() {
    return true;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    if (call.parameters().has("TableName")) {
      call.tables().table(call.parameters().tableName());
    }
    call.json().writeStartObject();
    call.json().writeArrayFieldStart("ContributorInsightsSummaries");
    call.json().writeEndArray();
    call.json().writeEndObject();
  }
}
