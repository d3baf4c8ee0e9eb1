package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/// How many capacity units a request would have cost: what `ReturnConsumedCapacity` asks for
/// (Developer Guide, "DynamoDB provisioned capacity mode"). Nothing is charged.
final class ConsumedCapacity {
  private static final double READ_UNIT = 4096;
  private static final double WRITE_UNIT = 1024;
  private static final String UNITS = "CapacityUnits";

  private ConsumedCapacity() {}

  /// Whether the request asks for it.
  static boolean wanted(Parameters parameters) {
    return !parameters.text("ReturnConsumedCapacity", "NONE").equals("NONE");
  }

  /// The units of a read of so many bytes.
  static double ofRead(long bytes, boolean consistent) {
    return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (consistent ? 1 : 0.5);
  }

  /// The units of a write that makes an item of `before` bytes one of `after`.
  static double ofWrite(long before, long after) {
    return Math.max(1, Math.ceil(Math.max(before, after) / WRITE_UNIT));
  }

  /// Writes the answer's member for one table, if the request asks for it.
  static void write(JsonGenerator json, Parameters parameters, String table, double units)
      throws IOException {
    if (wanted(parameters)) {
      json.writeFieldName("ConsumedCapacity");
      writeTable(json, parameters, table, units);
    }
  }

  /// Writes the answer's member for several tables, if the request asks for it.
  static void write(JsonGenerator json, Parameters parameters, Map<String, Double> units)
      throws IOException {
    if (wanted(parameters)) {
      json.writeArrayFieldStart("ConsumedCapacity");
      for (Map.Entry<String, Double> table : units.entrySet()) {
        writeTable(json, parameters, table.getKey(), table.getValue());
      }
      json.writeEndArray();
    }
  }

  private static void writeTable(
      JsonGenerator json, Parameters parameters, String table, double units) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    json.writeNumberField(UNITS, units);
    if (parameters.needed("ReturnConsumedCapacity").equals("INDEXES")) {
      json.writeObjectFieldStart("Table");
      json.writeNumberField(UNITS, units);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
