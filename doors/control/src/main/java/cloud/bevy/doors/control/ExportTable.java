package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportOrder;
import cloud.bevy.services.tables.TableBusy;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.services.tables.TransferEnd;
import cloud.bevy.services.tables.TransferOutcome;
import cloud.bevy.services.tables.TransferPlace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// `POST tables/NAME/export?cloud=NAME&bucket=…&prefix=…&at=…`: begins to export a table to a
/// bucket, as it was at the beginning of a second, or is. Every table can be exported so, as far
/// back as it was there. `GET tables/NAME/export?id=…`: what has become of it.
public final class ExportTable implements ControlOperation {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

  private final Clouds clouds;

  /// @param clouds whose tables
  public ExportTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return (method.equals("POST") || method.equals("GET")) && path.matches("tables/[^/]+/export");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Tables tables = Tables.of(lease.cloud());
      String id = request.parameter("id", "");
      if (!id.isEmpty()) {
        return fields(
            tables
                .exports()
                .find(id)
                .orElseThrow(() -> new ControlRefusal(404, "there is no export " + id, "")));
      }
      TableDescription table = NamedTable.find(lease.cloud(), request).description();
      Instant now = lease.cloud().world().time().now();
      ExportOrder order =
          new ExportOrder(
              ARN + table.name(),
              "",
              new TransferPlace(
                  request.parameter("bucket", ""), null, request.parameter("prefix", "")),
              new ExportOrder.Form("DYNAMODB_JSON", null, null),
              TableMoment.optional(request, table, now),
              null);
      if (tables.exports().begin(table, order, () -> {})
          instanceof TransferOutcome.Begun<Export>(Export export)) {
        return fields(export);
      }
      throw new IllegalStateException("an export without a token was taken for another");
    } catch (TableBusy busy) {
      throw new ControlRefusal(409, "table \"" + busy.table() + "\" is still being made", "");
    }
  }

  private static Map<String, Object> fields(Export export) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", export.id());
    fields.put("moment", export.moment().toString());
    TransferEnd end = export.end();
    fields.put("ended", end != null);
    if (end != null) {
      fields.put("failure", end.message());
      fields.put("items", export.items());
    }
    return fields;
  }
}
