package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableDescription;
import java.io.IOException;

/// Deletes a table and its items.
final class DeleteTable implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DeleteTableInput", TableAnswer.TABLE_NAME);

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
    TableDescription deleted = call.tables().delete(TableAnswer.name(call.parameters()));
    call.forgetIndex(deleted);
    TableAnswer.write(call, TableAnswer.Status.DELETING, deleted, TableAnswer.EMPTY);
  }
}
