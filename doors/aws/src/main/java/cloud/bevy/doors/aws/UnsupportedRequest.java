package cloud.bevy.doors.aws;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What DynamoDB can do for a table and this program cannot: it says so, once the request is well
/// formed and the table is there.
///
/// @param operation its name
/// @param shape what the request looks like
record UnsupportedRequest(String operation, Shape.Structure shape) implements DynamoOperation {
  /// Makes several tables one, of several regions.
  static final DynamoOperation CREATE_GLOBAL_TABLE =
      of(
          "CreateGlobalTable",
          GlobalTableRequest.name("GlobalTableName", new Constraint.NotNull()),
          Shape.member(
              "ReplicationGroup",
              new Shape.ListOf(new Shape.Structure("Replica", Shape.text("RegionName"))),
              new Constraint.NotNull()));

  /// Lets a table have a policy: access keys say who may use tables.
  static final DynamoOperation PUT_RESOURCE_POLICY =
      of(
          "PutResourcePolicy",
          DeleteResourcePolicy.RESOURCE,
          Shape.text("Policy", new Constraint.NotNull()));

  /// Looks for vectors that are near to another: `Search` does.
  static final DynamoOperation SEARCH_VECTORS =
      of(
          "SearchVectors",
          TableAnswer.NEEDED_TABLE_NAME,
          IndexShapes.INDEX_NAME,
          Shape.anything("SearchVector"),
          Shape.whole("TopK", new Constraint.NotNull(), new Constraint.AtLeast(1)));

  /// Lets the throughput of a table's replicas follow the load.
  static final DynamoOperation UPDATE_TABLE_REPLICA_AUTO_SCALING =
      of("UpdateTableReplicaAutoScaling", TableAnswer.NEEDED_TABLE_NAME);

  private static UnsupportedRequest of(String operation, Shape.Member... members) {
    return new UnsupportedRequest(operation, new Shape.Structure(operation + "Input", members));
  }

  @Override
  public boolean aboutTables() {
    return true;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    String table = table(call.parameters());
    if (table != null) {
      call.tables().table(table);
    }
    throw DynamoRefusal.unsupported(operation);
  }

  private static @Nullable String table(Parameters parameters) {
    String arn = parameters.text("ResourceArn");
    if (arn != null) {
      return TransferShapes.table(arn);
    }
    return parameters.has("TableName") ? parameters.tableName() : null;
  }
}
