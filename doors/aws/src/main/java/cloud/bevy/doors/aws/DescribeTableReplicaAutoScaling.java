package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableDescription;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Says of a table how the throughput of its replicas in other regions follows the load: it has
/// none.
final class DescribeTableReplicaAutoScaling implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeTableReplicaAutoScalingInput", TableAnswer.NEEDED_TABLE_NAME);

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
    TableDescription table = call.tables().table(call.parameters().tableName()).description();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("TableAutoScalingDescription");
    json.writeStringField("TableName", table.name());
    json.writeStringField("TableStatus", TableAnswer.Status.ACTIVE.name());
    json.writeArrayFieldStart("Replicas");
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }
}
