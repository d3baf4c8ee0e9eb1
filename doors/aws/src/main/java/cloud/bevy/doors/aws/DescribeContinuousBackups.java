package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.RecoveryWindow;
import cloud.bevy.services.tables.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/// Says to which seconds a table can be restored. Backups can be made of any table.
final class DescribeContinuousBackups implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeContinuousBackupsInput", TableAnswer.TABLE_NAME);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    write(call, call.tables().table(TableAnswer.name(call.parameters())));
  }

  /// Writes the whole answer.
  static void write(DynamoCall call, Table table) throws IOException {
    Optional<RecoveryWindow> window = call.tables().backups().window(table.description());
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("ContinuousBackupsDescription");
    json.writeStringField("ContinuousBackupsStatus", "ENABLED");
    json.writeObjectFieldStart("PointInTimeRecoveryDescription");
    json.writeStringField("PointInTimeRecoveryStatus", window.isPresent() ? "ENABLED" : "DISABLED");
    if (window.isPresent()) {
      json.writeNumberField("RecoveryPeriodInDays", window.get().days());
      json.writeNumberField(
          "EarliestRestorableDateTime", TableAnswer.seconds(window.get().earliest()));
      json.writeNumberField("LatestRestorableDateTime", TableAnswer.seconds(window.get().latest()));
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
