package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Table;
import java.io.IOException;

/// Says what a table is and how much it holds.
final class DescribeTable implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeTableInput", TableAnswer.TABLE_NAME);

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
    Table table = call.tables().table(TableAnswer.name(call.parameters()));
    TableAnswer.write(
        call, TableAnswer.Status.ACTIVE, table.description(), TableAnswer.holdings(table));
  }
}
