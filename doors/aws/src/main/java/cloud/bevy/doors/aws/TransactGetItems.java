package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableKey;
import cloud.bevy.services.tables.TransactOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads up to 100 items of whatever tables as they are at one moment.
final class TransactGetItems implements DynamoOperation {
  private static final String ITEMS = "TransactItems";
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TransactGetItemsInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          Shape.member(
              ITEMS,
              new Shape.ListOf(
                  new Shape.Structure(
                      "TransactGetItem",
                      Shape.member(
                          "Get",
                          new Shape.Structure(
                              "Get",
                              ItemShapes.KEY,
                              ItemShapes.TABLE_NAME,
                              ItemShapes.PROJECTION_EXPRESSION,
                              ItemShapes.EXPRESSION_NAMES),
                          new Constraint.NotNull()))),
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(TransactWriteItems.MOST_ACTIONS)));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    List<TableKey> keys = new ArrayList<>();
    List<Optional<Projection>> projections = new ArrayList<>();
    List<TransactOutcome.Reason> reasons = new ArrayList<>();
    for (Parameters item : call.parameters().structures(ITEMS)) {
      Parameters get = item.structure("Get");
      Expressions.checkTogether(get, List.of(ExpressionKind.PROJECTION), List.of());
      Expressions expressions = Expressions.of(get);
      projections.add(Optional.ofNullable(expressions.projection()));
      expressions.checkAllUsed();
      Table table = call.tables().table(get.tableName());
      try {
        keys.add(new TableKey(table, table.keys().keyFrom(get.neededAttributes("Key"))));
        reasons.add(TransactOutcome.Reason.NONE);
      } catch (InvalidRequest invalid) {
        reasons.add(TransactOutcome.Reason.invalid(invalid));
      }
    }
    if (keys.size() < reasons.size()) {
      throw DynamoRefusal.transactionCancelled(reasons);
    }
    checkDifferent(keys);
    write(call, keys, call.tables().readTogether(keys), projections);
  }

  /// @throws DynamoRefusal if an item is there twice
  static void checkDifferent(List<TableKey> keys) {
    if (keys.stream().distinct().count() < keys.size()) {
      throw DynamoRefusal.validation(
          "Transaction request cannot include multiple operations on one item");
    }
  }

  private static void write(
      DynamoCall call,
      List<TableKey> keys,
      List<Optional<StoredItem>> items,
      List<Optional<Projection>> projections)
      throws IOException {
    JsonGenerator json = call.json();
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    json.writeStartObject();
    json.writeArrayFieldStart("Responses");
    for (int at = 0; at < items.size(); at++) {
      StoredItem item = items.get(at).orElse(null);
      json.writeStartObject();
      if (item != null) {
        json.writeFieldName("Item");
        ItemAnswer.write(json, item, projections.get(at).orElse(null));
      }
      json.writeEndObject();
      units.merge(
          keys.get(at).table().description().name(),
          TransactAnswer.ofRead(item),
          ConsumedCapacity.Units::plus);
    }
    json.writeEndArray();
    ConsumedCapacity.write(json, call.parameters(), units);
    json.writeEndObject();
  }
}
