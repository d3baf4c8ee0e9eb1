package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Says DynamoDB's default quotas; here nothing is throttled.
final class DescribeLimits implements DynamoOperation {
  private static final int ACCOUNT_UNITS = 80_000;
  private static final int TABLE_UNITS = 40_000;
  private static final Shape.Structure SHAPE = new Shape.Structure("DescribeLimitsInput");

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeNumberField("AccountMaxReadCapacityUnits", ACCOUNT_UNITS);
    json.writeNumberField("AccountMaxWriteCapacityUnits", ACCOUNT_UNITS);
    json.writeNumberField("TableMaxReadCapacityUnits", TABLE_UNITS);
    json.writeNumberField("TableMaxWriteCapacityUnits", TABLE_UNITS);
    json.writeEndObject();
  }
}
