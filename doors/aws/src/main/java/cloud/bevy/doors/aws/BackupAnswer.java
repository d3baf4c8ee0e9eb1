package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TimeToLive;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// How backups are described in answers (API Reference, "BackupDescription").
final class BackupAnswer {
  private BackupAnswer() {}

  /// Writes the whole answer: one member with all that is known of a backup.
  ///
  /// @param status what it is said to be: there, or deleted
  static void write(DynamoCall call, Backup backup, String status) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("BackupDescription");
    writeDetails(call, backup, status);
    writeTable(call, backup);
    writeFeatures(json, backup.table().definition());
    json.writeEndObject();
    json.writeEndObject();
  }

  /// Writes the member that says what the backup itself is.
  static void writeDetails(DynamoCall call, Backup backup, String status) throws IOException {
    call.json().writeObjectFieldStart("BackupDetails");
    writeBackup(call, backup, status);
    call.json().writeEndObject();
  }

  /// Writes the members that say what a backup is.
  static void writeBackup(DynamoCall call, Backup backup, String status) throws IOException {
    JsonGenerator json = call.json();
    json.writeStringField("BackupArn", BackupShapes.arn(call, backup));
    json.writeStringField("BackupName", backup.name());
    json.writeNumberField("BackupSizeBytes", backup.holds().bytes());
    json.writeStringField("BackupStatus", status);
    json.writeStringField("BackupType", backup.kind().name());
    json.writeNumberField("BackupCreationDateTime", TableAnswer.seconds(backup.created()));
    Instant expires = backup.expires();
    if (expires != null) {
      json.writeNumberField("BackupExpiryDateTime", TableAnswer.seconds(expires));
    }
  }

  private static void writeTable(DynamoCall call, Backup backup) throws IOException {
    JsonGenerator json = call.json();
    TableDescription table = backup.table();
    Capacity capacity = table.definition().capacity();
    json.writeObjectFieldStart("SourceTableDetails");
    TableAnswer.writeIdentity(call, table);
    json.writeNumberField("TableSizeBytes", backup.holds().bytes());
    json.writeNumberField("ItemCount", backup.holds().items());
    json.writeNumberField("TableCreationDateTime", TableAnswer.seconds(table.created()));
    TableAnswer.writeKeys(json, table.definition().keys());
    writeThroughput(json, capacity);
    json.writeStringField("BillingMode", capacity.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
    json.writeEndObject();
  }

  private static void writeThroughput(JsonGenerator json, Capacity capacity) throws IOException {
    json.writeObjectFieldStart("ProvisionedThroughput");
    json.writeNumberField("ReadCapacityUnits", capacity.read());
    json.writeNumberField("WriteCapacityUnits", capacity.write());
    json.writeEndObject();
  }

  private static void writeFeatures(JsonGenerator json, TableDefinition table) throws IOException {
    json.writeObjectFieldStart("SourceTableFeatureDetails");
    writeIndexes(json, "LocalSecondaryIndexes", indexes(table, false));
    writeIndexes(json, "GlobalSecondaryIndexes", indexes(table, true));
    TimeToLive timeToLive = table.timeToLive();
    if (timeToLive != null) {
      json.writeObjectFieldStart("TimeToLiveDescription");
      json.writeStringField("TimeToLiveStatus", "ENABLED");
      json.writeStringField("AttributeName", timeToLive.attribute());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static List<SecondaryIndex> indexes(TableDefinition table, boolean global) {
    return table.indexes().stream().filter(index -> index.global() == global).toList();
  }

  private static void writeIndexes(JsonGenerator json, String member, List<SecondaryIndex> indexes)
      throws IOException {
    if (indexes.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(member);
    for (SecondaryIndex index : indexes) {
      json.writeStartObject();
      json.writeStringField("IndexName", index.name());
      TableAnswer.writeKeys(json, index.keys());
      IndexAnswer.writeProjection(json, index.projection());
      if (index.global()) {
        writeThroughput(json, index.capacity());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
