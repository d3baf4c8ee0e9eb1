package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the tables and buckets that an app names, where they are not there.
///
/// @param cloud where
/// @param bindings how
record Requirements(Cloud cloud, Bindings bindings) {
  private static final int DONE = 200;

  /// Makes what is missing.
  ///
  /// @throws Refusal if something of that name is there and is something else
  void make(Manifest.Environment environment) throws Refusal {
    for (TableSpec table : environment.tables().values()) {
      make(table);
    }
    List<String> buckets = new ArrayList<>(environment.buckets().values());
    environment.tables().values().stream()
        .flatMap(table -> table.feed().stream())
        .map(feed -> feed.effort().deadLetters())
        .filter(bucket -> !buckets.contains(bucket))
        .forEach(buckets::add);
    for (String bucket : buckets) {
      try {
        bindings.buckets().create(cloud, bucket);
      } catch (BucketBinding.Refused refused) {
        throw new Refusal("bucket \"" + bucket + "\": " + refused.getMessage());
      }
    }
  }

  private void make(TableSpec table) throws Refusal {
    List<Map<String, Object>> attributes = new ArrayList<>();
    List<Map<String, Object>> schema = new ArrayList<>();
    add(table.partitionKey(), "HASH", attributes, schema);
    table.sortKey().ifPresent(key -> add(key, "RANGE", attributes, schema));
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("TableName", table.table());
    request.put("AttributeDefinitions", attributes);
    request.put("KeySchema", schema);
    request.put("BillingMode", "PAY_PER_REQUEST");
    Map<String, Object> created = call("CreateTable", request);
    if (String.valueOf(created.get("__type")).endsWith("ResourceInUseException")) {
      checkKeys(table, schema);
    } else if (created.containsKey("__type")) {
      throw refused(table, String.valueOf(created.get("message")));
    }
  }

  private void checkKeys(TableSpec table, List<Map<String, Object>> schema) throws Refusal {
    Map<String, Object> described = call("DescribeTable", Map.of("TableName", table.table()));
    if (described.get("Table") instanceof Map<?, ?> found
        && !schema.equals(found.get("KeySchema"))) {
      throw refused(table, "it is there already with another key; name another table");
    }
  }

  private Map<String, Object> call(String operation, Map<String, Object> request) throws Refusal {
    TableBinding.Answer answer = bindings.tables().call(cloud, operation, Json.bytes(request));
    try {
      Map<String, Object> members = Json.object(answer.json());
      if (answer.status() != DONE) {
        members.putIfAbsent("__type", "status " + answer.status());
      }
      return members;
    } catch (IOException malformed) {
      throw new Refusal(operation + " was answered with something unreadable: " + malformed);
    }
  }

  private static void add(
      KeyAttribute key,
      String role,
      List<Map<String, Object>> attributes,
      List<Map<String, Object>> schema) {
    attributes.add(Map.of("AttributeName", key.name(), "AttributeType", key.type()));
    schema.add(Map.of("AttributeName", key.name(), "KeyType", role));
  }

  private static Refusal refused(TableSpec table, String reason) {
    return new Refusal("table \"" + table.table() + "\": " + reason);
  }
}
