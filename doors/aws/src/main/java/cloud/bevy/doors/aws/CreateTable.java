package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.CreateOutcome;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;
import java.util.List;

/// Creates a table. It is ready at once, though the answer says `CREATING`, as clients expect.
final class CreateTable implements DynamoOperation {
  private static final List<String> UNSUPPORTED = List.of("ResourcePolicy");

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CreateTableInput",
          IndexShapes.NEEDED_ATTRIBUTE_DEFINITIONS,
          TableAnswer.TABLE_NAME,
          TableAnswer.BILLING_MODE,
          TableAnswer.PROVISIONED_THROUGHPUT,
          IndexShapes.KEY_SCHEMA,
          IndexShapes.LOCAL_INDEXES,
          IndexShapes.GLOBAL_INDEXES,
          Shape.anything("ResourcePolicy"),
          StreamParameters.SPECIFICATION,
          Shape.member(
              "SSESpecification", new Shape.Structure("SSESpecification", Shape.flag("Enabled"))),
          CapacityParameters.TABLE_CLASS,
          CapacityParameters.ON_DEMAND_THROUGHPUT,
          CapacityParameters.WARM_THROUGHPUT,
          Shape.flag("DeletionProtectionEnabled"),
          Shape.member("Tags", new Shape.ListOf(TagShapes.TAG)));

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
    IndexParameters keys = IndexParameters.read(parameters);
    KeySchema schema = keys.tableKeys(parameters);
    Capacity capacity =
        CapacityParameters.more(parameters, CapacityParameters.read(parameters), "table", true);
    List<SecondaryIndex> indexes = keys.indexes(parameters, schema, capacity);
    keys.checkAllUsed(!indexes.isEmpty());
    TableDefinition definition =
        TableDefinition.of(name, schema)
            .with(capacity)
            .withIndexes(indexes)
            .withDeletionProtected(parameters.flag("DeletionProtectionEnabled", false))
            .withTags(TagShapes.tags(parameters));
    checkSupported(parameters);
    switch (call.tables().create(definition, StreamParameters.ofNew(parameters))) {
      case CreateOutcome.Created(Table table) ->
          TableAnswer.write(
              call, TableAnswer.Status.CREATING, table.description(), TableAnswer.EMPTY);
      case CreateOutcome.NameTaken(String taken) -> throw DynamoRefusal.tableExists(taken);
    }
  }

  private static void checkSupported(Parameters parameters) {
    for (String parameter : UNSUPPORTED) {
      if (parameters.has(parameter)) {
        throw DynamoRefusal.unsupported(parameter);
      }
    }
    if (parameters.structure("SSESpecification").flag("Enabled", false)) {
      throw DynamoRefusal.unsupported("SSESpecification");
    }
  }
}
