package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says of a table that nobody counts who uses it.
final class DescribeContributorInsights implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeContributorInsightsInput",
          TableAnswer.NEEDED_TABLE_NAME,
          TableAnswer.SOME_INDEX_NAME);

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
    InsightsAnswer.write(call, InsightsAnswer.table(call));
  }
}
