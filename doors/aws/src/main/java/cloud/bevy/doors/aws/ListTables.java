package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.TableNames;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Lists the names of the tables.
final class ListTables implements DynamoOperation {
  private static final int MOST_NAMES = 100;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ListTablesInput",
          Shape.whole("Limit", new Constraint.AtLeast(1), new Constraint.AtMost(MOST_NAMES)),
          Shape.text(
              "ExclusiveStartTableName",
              new Constraint.Matches(ItemShapes.NAME_PATTERN),
              new Constraint.Shortest(3),
              new Constraint.Longest(ItemShapes.LONGEST_NAME)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public boolean aboutTables() {
    return true;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Long limit = call.parameters().whole("Limit");
    int most = limit == null ? MOST_NAMES : limit.intValue();
    TableNames page =
        call.tables().list(call.parameters().text("ExclusiveStartTableName", ""), most);
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeArrayFieldStart("TableNames");
    for (String name : page.names()) {
      json.writeString(name);
    }
    json.writeEndArray();
    if (page.more()) {
      json.writeStringField("LastEvaluatedTableName", page.names().getLast());
    }
    json.writeEndObject();
  }
}
