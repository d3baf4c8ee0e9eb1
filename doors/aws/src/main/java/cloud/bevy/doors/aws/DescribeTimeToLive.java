package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TimeToLive;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Says by which attribute a table's items expire.
final class DescribeTimeToLive implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeTimeToLiveInput", TableAnswer.TABLE_NAME);

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
    String name = TableAnswer.name(call.parameters());
    TimeToLive timeToLive = call.tables().table(name).description().definition().timeToLive();
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("TimeToLiveDescription");
    if (timeToLive == null) {
      json.writeStringField("TimeToLiveStatus", "DISABLED");
    } else {
      json.writeStringField("TimeToLiveStatus", timeToLive.building() ? "ENABLING" : "ENABLED");
      json.writeStringField("AttributeName", timeToLive.attribute());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
