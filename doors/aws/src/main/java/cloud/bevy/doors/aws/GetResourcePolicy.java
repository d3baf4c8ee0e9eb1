package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says of a table that it has no policy of its own: access keys say who may use tables.
final class GetResourcePolicy implements DynamoOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("GetResourcePolicyInput", DeleteResourcePolicy.RESOURCE);

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
    throw DynamoRefusal.noPolicy(arn);
  }
}
