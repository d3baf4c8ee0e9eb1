package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableDescription;
import java.io.IOException;
import java.util.List;

/// Has nobody count who uses a table, as is so already; anything else is refused.
final class UpdateContributorInsights implements DynamoOperation {
  private static final String ACTION = "ContributorInsightsAction";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateContributorInsightsInput",
          TableAnswer.NEEDED_TABLE_NAME,
          TableAnswer.SOME_INDEX_NAME,
          Shape.text(
              ACTION,
              new Constraint.NotNull(),
              new Constraint.OneOf(List.of("ENABLE", "DISABLE"))));

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
    TableDescription table = InsightsAnswer.table(call);
    if (call.parameters().needed(ACTION).equals("ENABLE")) {
      throw DynamoRefusal.unsupported(ACTION + " ENABLE");
    }
    InsightsAnswer.write(call, table);
  }
}
