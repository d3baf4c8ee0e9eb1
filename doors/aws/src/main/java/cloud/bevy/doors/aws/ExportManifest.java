package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportFile;
import cloud.bevy.services.tables.ExportOrder;
import cloud.bevy.services.tables.ExportWindow;
import cloud.bevy.services.tables.TransferEnd;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said beside an export of what it consists of (Developer Guide, "DynamoDB table export
/// output format").
final class ExportManifest {
  private static final String VERSION = "2023-08-01";
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ExportManifest() {}

  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Members members) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  /// Which files there are: a line for each.
  static String files(List<ExportFile> files) {
    StringBuilder lines = new StringBuilder();
    for (ExportFile file : files) {
      lines
          .append(
              object(json -> {
                json.writeNumberField("itemCount", file.items());
                json.writeStringField("md5Checksum", file.md5());
                json.writeStringField("etag", file.etag());
                json.writeStringField("dataFileS3Key", file.object());
              }))
          .append('\n');
    }
    return lines.toString();
  }

  /// What the export is.
  static String summary(Export export) {
    ExportOrder order = export.order();
    ExportWindow window = order.window();
    TransferEnd end = export.end();
    return object(json -> {
      json.writeStringField("version", VERSION);
      json.writeStringField("exportArn", order.arn() + "/export/" + export.id());
      json.writeStringField("startTime", text(export.started()));
      json.writeStringField("endTime", text(end == null ? export.started() : end.moment()));
      json.writeStringField("tableArn", order.arn());
      json.writeStringField("tableId", TableAnswer.id(export.table().incarnation()));
      if (window == null) {
        json.writeStringField("exportTime", text(export.moment()));
      } else {
        json.writeStringField("exportFromTime", text(window.from()));
        json.writeStringField("exportToTime", text(export.moment()));
      }
      json.writeStringField("s3Bucket", order.to().bucket());
      write(json, "s3Prefix", order.to().prefix());
      write(json, "s3SseAlgorithm", order.form().encryption());
      write(json, "s3SseKmsKeyId", order.form().key());
      json.writeStringField(
          "manifestFilesS3Key", ExportNames.about(export, ExportNames.FILES + ".json"));
      json.writeNumberField("billedSizeBytes", export.bytes());
      json.writeNumberField("itemCount", export.items());
      json.writeStringField("outputFormat", order.form().format());
      if (window != null) {
        json.writeStringField(
            "outputView", window.oldImages() ? "NEW_AND_OLD_IMAGES" : "NEW_IMAGE");
      }
      json.writeStringField("exportType", window == null ? "FULL_EXPORT" : "INCREMENTAL_EXPORT");
    });
  }

  private static String text(Instant moment) {
    return MOMENT.format(moment);
  }

  private static void write(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    json.writeFieldName(name);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeString(text);
    }
  }
}
