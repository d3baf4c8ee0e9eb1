package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportOrder;
import cloud.bevy.services.tables.ExportWindow;
import cloud.bevy.services.tables.TransferEnd;
import cloud.bevy.services.tables.TransferPlace;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How exports are described in answers (API Reference, "ExportDescription").
final class ExportAnswer {
  private ExportAnswer() {}

  /// The ARN of an export.
  static String arn(Export export) {
    return export.order().arn() + "/export/" + export.id();
  }

  /// Writes what a list says of an export, as a value.
  static void summarise(JsonGenerator json, Export export) throws IOException {
    json.writeStartObject();
    writeIdentity(json, export);
    json.writeEndObject();
  }

  /// Writes all that is known of an export, as a value.
  static void describe(JsonGenerator json, Export export) throws IOException {
    ExportOrder order = export.order();
    json.writeStartObject();
    writeIdentity(json, export);
    json.writeNumberField("StartTime", TableAnswer.seconds(export.started()));
    json.writeStringField("TableArn", order.arn());
    json.writeStringField("TableId", TableAnswer.id(export.table().incarnation()));
    if (!order.token().isEmpty()) {
      json.writeStringField("ClientToken", order.token());
    }
    writePlace(json, order);
    writeWindow(json, export);
    TransferEnd end = export.end();
    if (end != null) {
      json.writeNumberField("EndTime", TableAnswer.seconds(end.moment()));
      writeEnd(json, export, end);
    }
    json.writeEndObject();
  }

  private static void writeIdentity(JsonGenerator json, Export export) throws IOException {
    TransferEnd end = export.end();
    json.writeStringField("ExportArn", arn(export));
    json.writeStringField(
        "ExportStatus", end == null ? "IN_PROGRESS" : end.failed() ? "FAILED" : "COMPLETED");
    json.writeStringField(
        "ExportType", export.incremental() ? "INCREMENTAL_EXPORT" : "FULL_EXPORT");
  }

  private static void writePlace(JsonGenerator json, ExportOrder order) throws IOException {
    TransferPlace to = order.to();
    json.writeStringField("S3Bucket", to.bucket());
    write(json, "S3BucketOwner", to.owner());
    write(json, "S3Prefix", to.prefix());
    write(json, "S3SseAlgorithm", order.form().encryption());
    write(json, "S3SseKmsKeyId", order.form().key());
    json.writeStringField("ExportFormat", order.form().format());
  }

  private static void writeWindow(JsonGenerator json, Export export) throws IOException {
    ExportWindow window = export.order().window();
    if (window == null) {
      json.writeNumberField("ExportTime", TableAnswer.seconds(export.moment()));
      return;
    }
    json.writeObjectFieldStart("IncrementalExportSpecification");
    json.writeNumberField("ExportFromTime", TableAnswer.seconds(window.from()));
    Instant to = export.moment();
    json.writeNumberField("ExportToTime", TableAnswer.seconds(to));
    json.writeStringField(
        "ExportViewType", window.oldImages() ? "NEW_AND_OLD_IMAGES" : "NEW_IMAGE");
    json.writeEndObject();
  }

  private static void writeEnd(JsonGenerator json, Export export, TransferEnd end)
      throws IOException {
    if (end.failed()) {
      json.writeStringField("FailureCode", end.code());
      json.writeStringField("FailureMessage", end.message());
      return;
    }
    json.writeStringField("ExportManifest", ExportNames.manifest(export));
    json.writeNumberField("BilledSizeBytes", export.bytes());
    json.writeNumberField("ItemCount", export.items());
  }

  private static void write(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }
}
