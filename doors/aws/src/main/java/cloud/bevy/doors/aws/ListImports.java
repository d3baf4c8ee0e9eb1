package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.TransferPage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Lists imports, those under way too, in the order in which they were asked for.
final class ListImports implements DynamoOperation {
  private static final String LIMIT = "PageSize";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListImportsInput",
          TransferShapes.TABLE,
          TransferShapes.limit(LIMIT),
          Shape.text(
              "NextToken",
              new Constraint.Shortest(112),
              new Constraint.Longest(1024),
              new Constraint.Matches("([0-9a-f]{16})+")));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    TransferPage<Import> page =
        call.tables()
            .imports()
            .list(
                TransferShapes.listed(parameters),
                TransferShapes.after(parameters),
                TransferShapes.limit(parameters, LIMIT));
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("ImportSummaryList");
    for (Import task : page.transfers()) {
      ImportAnswer.summarise(call, task);
    }
    json.writeEndArray();
    if (page.more()) {
      json.writeStringField("NextToken", TransferShapes.token(page.transfers().getLast().id()));
    }
    json.writeEndObject();
  }
}
