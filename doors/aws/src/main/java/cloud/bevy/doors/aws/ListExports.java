package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.TransferPage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Lists exports, those under way too, in the order in which they were asked for.
final class ListExports implements BackupOperation {
  private static final String LIMIT = "MaxResults";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListExportsInput",
          TransferShapes.TABLE,
          TransferShapes.limit(LIMIT),
          Shape.text("NextToken"));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    TransferPage<Export> page =
        call.tables()
            .exports()
            .list(
                TransferShapes.listed(parameters),
                TransferShapes.after(parameters),
                TransferShapes.limit(parameters, LIMIT));
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("ExportSummaries");
    for (Export export : page.transfers()) {
      ExportAnswer.summarise(json, export);
    }
    json.writeEndArray();
    if (page.more()) {
      json.writeStringField("NextToken", TransferShapes.token(page.transfers().getLast().id()));
    }
    json.writeEndObject();
  }
}
