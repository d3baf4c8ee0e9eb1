package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/// What `GlobalSecondaryIndexUpdates` does to a table.
final class IndexChanges {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private IndexChanges() {}

  /// The table with the changes.
  ///
  /// @throws DynamoRefusal if one cannot be made
  static TableDefinition of(Parameters parameters, TableDefinition table) {
    List<Parameters> updates = parameters.structures("GlobalSecondaryIndexUpdates");
    if (updates.isEmpty()) {
      return table;
    }
    long made =
        updates.stream().filter(update -> update.has("Create") || update.has("Delete")).count();
    if (made > 1) {
      throw DynamoRefusal.limitExceeded(
          "Subscriber limit exceeded: Only 1 online index can be created or deleted"
              + " simultaneously per table");
    }
    List<SecondaryIndex> indexes = new ArrayList<>(table.indexes());
    for (Parameters update : updates) {
      change(parameters, table, update, indexes);
    }
    IndexParameters.check(indexes);
    return table.withIndexes(indexes);
  }

  private static void change(
      Parameters parameters,
      TableDefinition table,
      Parameters update,
      List<SecondaryIndex> indexes) {
    if (List.of("Create", "Update", "Delete").stream().filter(update::has).count() > 1) {
      throw DynamoRefusal.validation(
          INVALID
              + "Only one of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
              + " GlobalSecondaryIndexUpdate.Delete may be given");
    }
    if (update.has("Create")) {
      indexes.add(created(parameters, table, update.structure("Create")));
    } else if (update.has("Delete")) {
      indexes.remove(existing(table, update.structure("Delete")));
    } else if (update.has("Update")) {
      Parameters action = update.structure("Update");
      SecondaryIndex before = existing(table, action);
      Parameters throughput = action.structure("ProvisionedThroughput");
      Long read = throughput.whole("ReadCapacityUnits");
      Long write = throughput.whole("WriteCapacityUnits");
      Capacity capacity = before.capacity();
      if (read != null && write != null) {
        capacity = capacity.withProvisioned(read, write);
      }
      capacity = CapacityParameters.more(action, capacity, "index " + before.name(), false);
      indexes.set(indexes.indexOf(before), before.with(capacity));
    } else {
      throw DynamoRefusal.validation(
          INVALID
              + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
              + " GlobalSecondaryIndexUpdate.Delete must not be null");
    }
  }

  private static SecondaryIndex created(
      Parameters parameters, TableDefinition table, Parameters create) {
    String name = create.needed("IndexName");
    if (table.index(name).isPresent()) {
      throw DynamoRefusal.validation("Attempting to create an index which already exists");
    }
    IndexParameters given = IndexParameters.read(parameters);
    given.checkDefined(create.structures("KeySchema"));
    IndexParameters keys = given.using(table.indexes(), table.keys());
    return keys.global(create, table.capacity().onDemand());
  }

  private static SecondaryIndex existing(TableDefinition table, Parameters action) {
    return table
        .index(action.needed("IndexName"))
        .filter(SecondaryIndex::global)
        .orElseThrow(DynamoRefusal::noResource);
  }
}
