package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableDescription;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// What is said of who uses a table: nobody counts that here.
final class InsightsAnswer {
  private InsightsAnswer() {}

  /// The table of a request, which must have the index that is named.
  ///
  /// @throws DynamoRefusal if it has no such index
  static TableDescription table(DynamoCall call) {
    TableDescription table = call.tables().table(call.parameters().tableName()).description();
    String index = call.parameters().text("IndexName");
    if (index != null && table.definition().index(index).isEmpty()) {
      throw DynamoRefusal.noIndex(index);
    }
    return table;
  }

  /// Writes the answer.
  static void write(DynamoCall call, TableDescription table) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeStringField("TableName", table.name());
    String index = call.parameters().text("IndexName");
    if (index != null) {
      json.writeStringField("IndexName", index);
    }
    json.writeStringField("ContributorInsightsStatus", "DISABLED");
    json.writeEndObject();
  }
}
