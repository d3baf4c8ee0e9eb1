package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDescription;
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
    TableDescription description = table.description();
    call.json().writeStartObject();
    call.json().writeFieldName("Table");
    if (description.restoring()) {
      TableAnswer.describe(call, TableAnswer.Status.CREATING, description, TableAnswer.EMPTY);
    } else {
      TableAnswer.describe(
          call, TableAnswer.Status.ACTIVE, description, TableAnswer.holdings(table));
    }
    call.json().writeEndObject();
  }
}
