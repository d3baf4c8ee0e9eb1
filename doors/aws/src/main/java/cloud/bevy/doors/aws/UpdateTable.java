package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.StreamView;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import java.io.IOException;
import java.util.List;

/// Changes a table's throughput, its indexes, its stream or its protection against deletion.
final class UpdateTable implements DynamoOperation {
  private static final List<String> UNSUPPORTED = List.of("SSESpecification", "ReplicaUpdates");

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "UpdateTableInput",
          TableAnswer.TABLE_NAME,
          TableAnswer.BILLING_MODE,
          TableAnswer.PROVISIONED_THROUGHPUT,
          Shape.flag("DeletionProtectionEnabled"),
          IndexShapes.ATTRIBUTE_DEFINITIONS,
          IndexShapes.INDEX_UPDATES,
          StreamParameters.SPECIFICATION,
          Shape.anything("SSESpecification"),
          Shape.anything("ReplicaUpdates"),
          CapacityParameters.TABLE_CLASS,
          CapacityParameters.ON_DEMAND_THROUGHPUT,
          CapacityParameters.WARM_THROUGHPUT);

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
    Parameters parameters = call.parameters();
    String name = TableAnswer.name(parameters);
    for (String parameter : UNSUPPORTED) {
      if (parameters.has(parameter)) {
        throw DynamoRefusal.unsupported("UpdateTable with " + parameter);
      }
    }
    boolean capacity =
        parameters.has("BillingMode")
            || parameters.has("ProvisionedThroughput")
            || CapacityParameters.more(parameters);
    List<Parameters> indexes = parameters.structures("GlobalSecondaryIndexUpdates");
    boolean stream = parameters.has("StreamSpecification");
    boolean other = stream || parameters.has("DeletionProtectionEnabled");
    if (!capacity && indexes.isEmpty() && !other) {
      throw DynamoRefusal.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
    Table table =
        stream
            ? withStream(call.tables(), name, parameters)
            : call.tables().update(name, before -> changed(before, parameters));
    TableAnswer.write(
        call, TableAnswer.Status.UPDATING, table.description(), TableAnswer.holdings(table));
  }

  private static Table withStream(Tables tables, String name, Parameters parameters) {
    StreamView view = StreamParameters.ofChange(parameters);
    StreamParameters.checkAlone(parameters);
    return tables.stream(name, view, before -> changed(before, parameters));
  }

  private static TableDefinition changed(TableDefinition before, Parameters parameters) {
    TableDefinition after =
        before.withDeletionProtected(
            parameters.flag("DeletionProtectionEnabled", before.deletionProtected()));
    if (parameters.has("BillingMode") || parameters.has("ProvisionedThroughput")) {
      after = withCapacity(before, after, parameters);
    }
    after = after.with(CapacityParameters.more(parameters, after.capacity(), "table", false));
    return IndexChanges.of(parameters, after);
  }

  private static TableDefinition withCapacity(
      TableDefinition before, TableDefinition after, Parameters parameters) {
    Capacity capacity = CapacityParameters.read(parameters, before.capacity());
    if (!capacity.onDemand() && capacity.equals(before.capacity())) {
      throw DynamoRefusal.validation(
          "The provisioned throughput for the table will not change. The requested value equals the"
              .concat(" current value. Current ReadCapacityUnits provisioned for the table: %d.")
              .concat(
                  " Requested ReadCapacityUnits: %d. Current WriteCapacityUnits provisioned for")
              .concat(" the table: %d. Requested WriteCapacityUnits: %d. Refer to the Amazon")
              .concat(" DynamoDB Developer Guide for current limits and how to request higher")
              .concat(" limits.")
              .formatted(capacity.read(), capacity.read(), capacity.write(), capacity.write()));
    }
    return after.with(capacity);
  }
}
