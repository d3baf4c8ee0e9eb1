package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import java.io.IOException;

/// Says what has become of an export.
final class DescribeExport implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeExportInput", TransferShapes.arn("ExportArn"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    String arn = call.parameters().needed("ExportArn");
    TransferShapes.Named named = TransferShapes.named(call, arn, "Export");
    Export export =
        call.tables()
            .exports()
            .find(named.id())
            .filter(found -> found.table().name().equals(named.table()))
            .orElseThrow(() -> DynamoRefusal.exportNotFound(arn));
    call.json().writeStartObject();
    call.json().writeFieldName("ExportDescription");
    ExportAnswer.describe(call.json(), export);
    call.json().writeEndObject();
  }
}
