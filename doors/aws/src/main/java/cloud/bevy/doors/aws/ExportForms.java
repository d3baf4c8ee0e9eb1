package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportWindow;
import cloud.bevy.services.tables.ExportedItem;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.StoredItem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How the items of an export are written (Developer Guide, "DynamoDB table export output format").
final class ExportForms {
  private static final byte[] NOTHING = new byte[0];

  private ExportForms() {}

  /// The form that was asked for.
  static ExportLines.Form of(Export export) {
    ExportWindow window = export.order().window();
    boolean ion = export.order().form().format().equals("ION");
    if (window == null) {
      return ion ? item -> ion(IonText.item(item)) : ExportForms::json;
    }
    boolean old = window.oldImages();
    return ion ? item -> ion(IonText.change(item, old)) : item -> json(item, old);
  }

  private static byte[] ion(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(ExportedItem item) {
    StoredItem after = item.after();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (after != null) {
      write(out, "{\"Item\":", after.json());
      write(out, "}\n", NOTHING);
    }
    return out.toByteArray();
  }

  private static byte[] json(ExportedItem item, boolean oldImages) {
    StoredItem before = item.before();
    StoredItem after = item.after();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"", NOTHING);
    write(out, micros(item.written()) + "\"}},\"Keys\":", ItemJson.bytes(item.key()));
    if (after != null) {
      write(out, ",\"NewImage\":", after.json());
    }
    if (before != null && oldImages) {
      write(out, ",\"OldImage\":", before.json());
    }
    write(out, "}\n", NOTHING);
    return out.toByteArray();
  }

  /// Microseconds since 1970.
  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static void write(ByteArrayOutputStream out, String text, byte[] json) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(json);
  }
}
