package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.ImportOrder;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TransferEnd;
import cloud.bevy.services.tables.TransferPlace;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// How imports are described in answers (API Reference, "ImportTableDescription").
final class ImportAnswer {
  private ImportAnswer() {}

  /// Writes what a list says of an import, as a value.
  static void summarise(DynamoCall call, Import task) throws IOException {
    call.json().writeStartObject();
    writeIdentity(call, task);
    call.json().writeEndObject();
  }

  /// Writes all that is known of an import, as a value.
  static void describe(DynamoCall call, Import task) throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    writeIdentity(call, task);
    json.writeStringField("TableId", TableAnswer.id(task.incarnation()));
    json.writeStringField("ClientToken", task.order().token());
    writeForm(json, task.order().form());
    writeTable(json, task.order().table());
    if (task.counts().bytes() > 0) {
      json.writeNumberField("ProcessedSizeBytes", task.counts().bytes());
    }
    json.writeNumberField("ProcessedItemCount", task.counts().processed());
    json.writeNumberField("ImportedItemCount", task.counts().imported());
    json.writeNumberField("ErrorCount", task.counts().errors());
    TransferEnd end = task.end();
    if (end != null && end.failed()) {
      json.writeStringField("FailureCode", end.code());
      json.writeStringField("FailureMessage", end.message());
    }
    json.writeEndObject();
  }

  private static void writeIdentity(DynamoCall call, Import task) throws IOException {
    JsonGenerator json = call.json();
    String table = call.origin().arn(task.order().table().name());
    TransferEnd end = task.end();
    json.writeStringField("ImportArn", table + "/import/" + task.id());
    json.writeStringField(
        "ImportStatus", end == null ? "IN_PROGRESS" : end.failed() ? "FAILED" : "COMPLETED");
    json.writeStringField("TableArn", table);
    TransferPlace from = task.order().from();
    json.writeObjectFieldStart("S3BucketSource");
    if (from.owner() != null) {
      json.writeStringField("S3BucketOwner", from.owner());
    }
    json.writeStringField("S3Bucket", from.bucket());
    if (from.prefix() != null) {
      json.writeStringField("S3KeyPrefix", from.prefix());
    }
    json.writeEndObject();
    json.writeStringField("InputFormat", task.order().form().format());
    json.writeNumberField("StartTime", TableAnswer.seconds(task.created()));
    if (end != null) {
      json.writeNumberField("EndTime", TableAnswer.seconds(end.moment()));
    }
  }

  private static void writeForm(JsonGenerator json, ImportOrder.Form form) throws IOException {
    String compression = form.compression();
    json.writeStringField("InputCompressionType", compression == null ? "NONE" : compression);
    ImportOrder.Csv csv = form.csv();
    if (csv == null) {
      return;
    }
    json.writeObjectFieldStart("InputFormatOptions");
    json.writeObjectFieldStart("Csv");
    if (csv.delimiter() != null) {
      json.writeStringField("Delimiter", csv.delimiter());
    }
    if (!csv.header().isEmpty()) {
      json.writeArrayFieldStart("HeaderList");
      for (String column : csv.header()) {
        json.writeString(column);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeTable(JsonGenerator json, TableDefinition table) throws IOException {
    json.writeObjectFieldStart("TableCreationParameters");
    json.writeStringField("TableName", table.name());
    TableAnswer.writeDefinitions(json, table);
    TableAnswer.writeKeys(json, table.keys());
    json.writeStringField(
        "BillingMode", table.capacity().onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
    writeCapacity(json, table.capacity());
    if (!table.indexes().isEmpty()) {
      json.writeArrayFieldStart("GlobalSecondaryIndexes");
      for (SecondaryIndex index : table.indexes()) {
        json.writeStartObject();
        json.writeStringField("IndexName", index.name());
        TableAnswer.writeKeys(json, index.keys());
        IndexAnswer.writeProjection(json, index.projection());
        writeCapacity(json, index.capacity());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeCapacity(JsonGenerator json, Capacity capacity) throws IOException {
    if (!capacity.onDemand()) {
      json.writeObjectFieldStart("ProvisionedThroughput");
      json.writeNumberField("ReadCapacityUnits", capacity.read());
      json.writeNumberField("WriteCapacityUnits", capacity.write());
      json.writeEndObject();
    }
  }
}
