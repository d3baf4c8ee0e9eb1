package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Import;
import java.io.IOException;

/// Says what has become of an import.
final class DescribeImport implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DescribeImportInput", TransferShapes.arn("ImportArn"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    String arn = call.parameters().needed("ImportArn");
    TransferShapes.Named named = TransferShapes.named(call, arn, "Import");
    Import task =
        call.tables()
            .imports()
            .find(named.id())
            .filter(found -> found.order().table().name().equals(named.table()))
            .orElseThrow(() -> DynamoRefusal.importNotFound(arn));
    call.json().writeStartObject();
    call.json().writeFieldName("ImportTableDescription");
    ImportAnswer.describe(call, task);
    call.json().writeEndObject();
  }
}
