package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Random requests about the tables of [RandomTable], of which most are right.
final class RandomRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int SPOILED = 12;
  private static final List<String> RETURNED =
      List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");

  private final Dice dice;
  private final RandomValues values;
  private final RequestSpoiler spoiler;

  RandomRequests(long seed) {
    dice = new Dice(seed);
    values = new RandomValues(dice);
    spoiler = new RequestSpoiler(dice, values);
  }

  RandomRequest next() {
    RandomRequest request = right();
    if (dice.oneIn(SPOILED)) {
      spoiler.spoil(request.body());
    }
    return request;
  }

  private RandomRequest right() {
    RandomTable table = dice.pick(RandomTable.ALL);
    ObjectNode body = JSON.objectNode();
    int kind = dice.below(100);
    if (kind >= 90) {
      return kind >= 95 ? batchGet(body) : batchWrite(body);
    }
    body.put("TableName", table.name());
    if (kind < 22) {
      return put(table, body);
    }
    if (kind < 47) {
      return update(table, body);
    }
    if (kind < 54) {
      return delete(table, body);
    }
    if (kind < 64) {
      return get(table, body);
    }
    return kind < 80 ? query(table, body) : scan(table, body);
  }

  private RandomRequest put(RandomTable table, ObjectNode body) {
    body.set("Item", values.item(table));
    condition(table, body);
    if (dice.oneIn(3)) {
      body.put("ReturnValues", dice.oneIn(20) ? dice.pick(RETURNED) : "ALL_OLD");
    }
    writeCapacity(table, body);
    return new RandomRequest("PutItem", body, false);
  }

  private RandomRequest delete(RandomTable table, ObjectNode body) {
    body.set("Key", values.key(table));
    condition(table, body);
    if (dice.oneIn(2)) {
      body.put("ReturnValues", dice.oneIn(20) ? dice.pick(RETURNED) : "ALL_OLD");
    }
    writeCapacity(table, body);
    return new RandomRequest("DeleteItem", body, false);
  }

  private void condition(RandomTable table, ObjectNode body) {
    switch (dice.below(8)) {
      case 0, 1 -> {
        RandomExpressions expressions = new RandomExpressions(dice, values, table);
        body.put("ConditionExpression", expressions.condition());
        expressions.addTo(body);
      }
      case 2 -> new RandomLegacy(dice, values, table).expected(body);
      default -> {}
    }
  }

  private RandomRequest update(RandomTable table, ObjectNode body) {
    body.set("Key", values.key(table));
    if (dice.oneIn(5)) {
      RandomLegacy legacy = new RandomLegacy(dice, values, table);
      legacy.updates(body);
      if (dice.oneIn(4)) {
        legacy.expected(body);
      }
    } else {
      RandomExpressions expressions = new RandomExpressions(dice, values, table);
      body.put("UpdateExpression", expressions.update());
      if (dice.oneIn(4)) {
        body.put("ConditionExpression", expressions.condition());
      }
      expressions.addTo(body);
    }
    body.put("ReturnValues", dice.pick(RETURNED));
    writeCapacity(table, body);
    return new RandomRequest("UpdateItem", body, false);
  }

  private RandomRequest get(RandomTable table, ObjectNode body) {
    body.set("Key", values.key(table));
    projection(table, body, 2);
    if (dice.oneIn(4)) {
      body.put("ConsistentRead", dice.oneIn(2));
    }
    capacity(body);
    return new RandomRequest("GetItem", body, false);
  }

  private void capacity(ObjectNode body) {
    if (dice.oneIn(6)) {
      body.put("ReturnConsumedCapacity", dice.pick(List.of("TOTAL", "INDEXES", "NONE")));
    }
  }

  /// What the indexes of a table take is for dynalite nothing, so it is asked only where there is
  /// none.
  private void writeCapacity(RandomTable table, ObjectNode body) {
    if (table.indexes().isEmpty()) {
      capacity(body);
    }
  }

  private void projection(RandomTable table, ObjectNode body, int seldom) {
    if (!dice.oneIn(seldom)) {
      return;
    }
    if (dice.oneIn(3)) {
      new RandomLegacy(dice, values, table).attributesToGet(body);
    } else {
      RandomExpressions expressions = new RandomExpressions(dice, values, table);
      body.put("ProjectionExpression", expressions.projection());
      expressions.addTo(body);
    }
  }

  private RandomRequest query(RandomTable table, ObjectNode body) {
    List<String> keys = table.keys();
    boolean index = !table.indexes().isEmpty() && !dice.oneIn(3);
    if (index) {
      RandomTable.Index of = dice.pick(table.indexes());
      keys = of.keys();
      body.put("IndexName", of.name());
    }
    if (dice.oneIn(3)) {
      RandomLegacy legacy = new RandomLegacy(dice, values, table);
      legacy.keyConditions(body, keys);
      if (dice.oneIn(3)) {
        legacy.filter(body, "QueryFilter");
      }
      if (dice.oneIn(6)) {
        legacy.attributesToGet(body);
      }
    } else {
      RandomExpressions expressions = new RandomExpressions(dice, values, table);
      body.put("KeyConditionExpression", expressions.keyCondition(keys));
      filter(body, expressions);
    }
    if (dice.oneIn(2)) {
      body.put("ScanIndexForward", dice.oneIn(2));
    }
    reading(body);
    if (dice.oneIn(40)) {
      ObjectNode start = values.key(table);
      keys.forEach(key -> start.set(key, values.roughKey(key)));
      body.set("ExclusiveStartKey", start);
      return new RandomRequest("Query", body, true);
    }
    capacity(body);
    return new RandomRequest("Query", body, body.has("Limit") && (index || dice.oneIn(2)));
  }

  private void filter(ObjectNode body, RandomExpressions expressions) {
    if (dice.oneIn(3)) {
      body.put("FilterExpression", expressions.filter());
    }
    if (dice.oneIn(6)) {
      body.put("ProjectionExpression", expressions.projection());
    }
    expressions.addTo(body);
  }

  private void reading(ObjectNode body) {
    if (dice.oneIn(3)) {
      body.put("Limit", 1 + dice.below(5));
    }
    if (dice.oneIn(6)) {
      body.put("ConsistentRead", dice.oneIn(2));
    }
    if (dice.oneIn(8)) {
      body.put(
          "Select",
          dice.pick(
              List.of(
                  "ALL_ATTRIBUTES",
                  "COUNT",
                  "COUNT",
                  "ALL_PROJECTED_ATTRIBUTES",
                  "SPECIFIC_ATTRIBUTES")));
    }
  }

  private RandomRequest scan(RandomTable table, ObjectNode body) {
    if (!table.indexes().isEmpty() && dice.oneIn(2)) {
      body.put("IndexName", dice.pick(table.indexes()).name());
    }
    if (dice.oneIn(4)) {
      RandomLegacy legacy = new RandomLegacy(dice, values, table);
      legacy.filter(body, "ScanFilter");
      if (dice.oneIn(4)) {
        legacy.attributesToGet(body);
      }
    } else {
      filter(body, new RandomExpressions(dice, values, table));
    }
    reading(body);
    if (dice.oneIn(6)) {
      body.put("Segment", 0);
      body.put("TotalSegments", 1 + dice.below(4));
    }
    capacity(body);
    return new RandomRequest("Scan", body, body.has("Limit") || body.has("TotalSegments"));
  }

  private RandomRequest batchGet(ObjectNode body) {
    ObjectNode requests = body.putObject("RequestItems");
    for (int i = 1 + dice.below(2); i > 0; i--) {
      RandomTable table = dice.pick(RandomTable.ALL);
      ObjectNode wanted = requests.putObject(table.name());
      ArrayNode keys = wanted.putArray("Keys");
      for (int j = 1 + dice.below(4); j > 0; j--) {
        keys.add(values.key(table));
      }
      projection(table, wanted, 4);
    }
    return new RandomRequest("BatchGetItem", body, false);
  }

  private RandomRequest batchWrite(ObjectNode body) {
    ObjectNode requests = body.putObject("RequestItems");
    for (int i = 1 + dice.below(2); i > 0; i--) {
      RandomTable table = dice.pick(RandomTable.ALL);
      ArrayNode writes = requests.putArray(table.name());
      for (int j = 1 + dice.below(3); j > 0; j--) {
        if (dice.oneIn(3)) {
          writes.addObject().putObject("DeleteRequest").set("Key", values.key(table));
        } else {
          writes.addObject().putObject("PutRequest").set("Item", values.item(table));
        }
      }
    }
    return new RandomRequest("BatchWriteItem", body, false);
  }
}
