package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// How the throughput of a table or an index is described.
final class CapacityAnswer {
  private CapacityAnswer() {}

  /// Writes the members that say what is provisioned, bounded, and to be ready for.
  static void write(JsonGenerator json, Capacity capacity) throws IOException {
    json.writeObjectFieldStart("ProvisionedThroughput");
    json.writeNumberField("NumberOfDecreasesToday", 0);
    json.writeNumberField("ReadCapacityUnits", capacity.read());
    json.writeNumberField("WriteCapacityUnits", capacity.write());
    json.writeEndObject();
    Capacity.Units most = capacity.most();
    if (!most.equals(Capacity.Units.NONE)) {
      json.writeObjectFieldStart("OnDemandThroughput");
      json.writeNumberField("MaxReadRequestUnits", bound(most.read()));
      json.writeNumberField("MaxWriteRequestUnits", bound(most.write()));
      json.writeEndObject();
    }
    Capacity.Units warm = capacity.warmth();
    json.writeObjectFieldStart("WarmThroughput");
    json.writeNumberField("ReadUnitsPerSecond", warm.read());
    json.writeNumberField("WriteUnitsPerSecond", warm.write());
    json.writeStringField("Status", "ACTIVE");
    json.writeEndObject();
  }

  private static long bound(long units) {
    return units == 0 ? -1 : units;
  }
}
