package cloud.bevy.doors.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Tables, keys and items of the tests. A table has the key `p`, a string, and `s`, a number; what
/// is in an index is told by its attributes `g`, a string, and `n`, a number.
final class DynamoTestTables {
  private DynamoTestTables() {}

  static void create(
      DynamoDbClient client, String name, Consumer<CreateTableRequest.Builder> more) {
    client.createTable(request -> {
      request
          .tableName(name)
          .billingMode(BillingMode.PAY_PER_REQUEST)
          .keySchema(keys("p", "s"))
          .attributeDefinitions(definitions("p", "s"));
      more.accept(request);
    });
  }

  static void createIndexed(DynamoDbClient client, String name, Projection projection) {
    create(
        client,
        name,
        request ->
            request
                .attributeDefinitions(definitions("p", "s", "g", "n"))
                .globalSecondaryIndexes(global("by-g", projection))
                .localSecondaryIndexes(
                    LocalSecondaryIndex.builder()
                        .indexName("by-n")
                        .keySchema(keys("p", "n"))
                        .projection(projection)
                        .build()));
  }

  static GlobalSecondaryIndex global(String name, Projection projection) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keys("g", "n"))
        .projection(projection)
        .build();
  }

  /// Waits until all indexes of a table can be read.
  static void awaitIndexes(DynamoDbClient client, String table) {
    boolean active = false;
    while (!active) {
      active =
          client
              .describeTable(request -> request.tableName(table))
              .table()
              .globalSecondaryIndexes()
              .stream()
              .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    }
  }

  static List<AttributeDefinition> definitions(String... names) {
    List<AttributeDefinition> definitions = new ArrayList<>();
    for (String name : names) {
      ScalarAttributeType type =
          name.equals("s") || name.equals("n") ? ScalarAttributeType.N : ScalarAttributeType.S;
      definitions.add(
          AttributeDefinition.builder().attributeName(name).attributeType(type).build());
    }
    return definitions;
  }

  static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(Object number) {
    return AttributeValue.fromN(number.toString());
  }

  static Map<String, AttributeValue> key(String partition, int sort) {
    return Map.of("p", s(partition), "s", n(sort));
  }

  /// An item that is in the indexes.
  static Map<String, AttributeValue> indexed(String partition, int sort, String g, int n) {
    return Map.of("p", s(partition), "s", n(sort), "g", s(g), "n", n(n), "t", s("text"));
  }
}
