package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableDescription;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Says of a table to which streams of Kinesis its changes go: none.
final class DescribeKinesisStreamingDestination implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DescribeKinesisStreamingDestinationInput", TableAnswer.NEEDED_TABLE_NAME);

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
    json.writeStringField("TableName", table.name());
    json.writeArrayFieldStart("KinesisDataStreamDestinations");
    json.writeEndArray();
    json.writeEndObject();
  }
}
