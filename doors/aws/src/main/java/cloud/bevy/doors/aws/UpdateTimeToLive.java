package cloud.bevy.doors.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Has a table's items expire at the moment that an attribute says, or no more.
final class UpdateTimeToLive implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateTimeToLiveInput",
          TableAnswer.TABLE_NAME,
          Shape.member(
              "TimeToLiveSpecification",
              new Shape.Structure(
                  "TimeToLiveSpecification",
                  Shape.member("Enabled", Shape.Scalar.FLAG, new Constraint.NotNull()),
                  Shape.text(
                      "AttributeName",
                      new Constraint.NotNull(),
                      new Constraint.Shortest(1),
                      new Constraint.Longest(ItemShapes.LONGEST_NAME))),
              new Constraint.NotNull()));

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
    Parameters specification = call.parameters().structure("TimeToLiveSpecification");
    String attribute = specification.needed("AttributeName");
    boolean enabled = specification.flag("Enabled", false);
    call.tables().expire(TableAnswer.name(call.parameters()), attribute, enabled);
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart("TimeToLiveSpecification");
    json.writeBooleanField("Enabled", enabled);
    json.writeStringField("AttributeName", attribute);
    json.writeEndObject();
    json.writeEndObject();
  }
}
