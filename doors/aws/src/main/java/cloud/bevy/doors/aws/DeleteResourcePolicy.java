package cloud.bevy.doors.aws;

import java.io.IOException;

/// Takes a table's policy away, which it never has.
final class DeleteResourcePolicy implements DynamoOperation {
  static final Shape.Member RESOURCE =
      Shape.text(
          "ResourceArn",
          new Constraint.NotNull(),
          new Constraint.Shortest(1),
          new Constraint.Longest(1283));

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "DeleteResourcePolicyInput",
          RESOURCE,
          Shape.text(
              "ExpectedRevisionId", new Constraint.Shortest(1), new Constraint.Longest(255)));

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
    String arn = call.parameters().needed("ResourceArn");
    call.tables().table(TransferShapes.table(arn));
    if (call.parameters().has("ExpectedRevisionId")) {
      throw DynamoRefusal.noPolicy(arn);
    }
    call.json().writeStartObject();
    call.json().writeEndObject();
  }
}
