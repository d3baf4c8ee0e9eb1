package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Says where to find DynamoDB: where the caller has found it.
final class DescribeEndpoints implements DynamoOperation {
  private static final int MINUTES = 1440;
  private static final Shape.Structure SHAPE = new Shape.Structure("DescribeEndpointsRequest");

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("Endpoints");
    json.writeStartObject();
    json.writeStringField("Address", call.origin().host());
    json.writeNumberField("CachePeriodInMinutes", MINUTES);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
