package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// Transactions as the AWS SDK for Java sees them.
final class DynamoTransactionTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private String one;
  private String other;

  @BeforeEach
  void createTables() {
    one = "one-" + TABLES.incrementAndGet();
    other = "other-" + TABLES.get();
    DynamoTestTables.create(client, one, _ -> {});
    DynamoTestTables.create(client, other, _ -> {});
  }

  private static TransactWriteItem add(String table, int amount) {
    Consumer<Update.Builder> update =
        it ->
            it.tableName(table)
                .key(key("account", 1))
                .updateExpression("ADD money :m")
                .expressionAttributeValues(Map.of(":m", n(amount)));
    return TransactWriteItem.builder().update(update).build();
  }

  private static TransactWriteItem putNew(String table, String p) {
    return TransactWriteItem.builder()
        .put(it ->
            it.tableName(table)
                .item(key(p, 1))
                .conditionExpression("attribute_not_exists(p)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private void write(TransactWriteItem... items) {
    client.transactWriteItems(request -> request.transactItems(items));
  }

  private Map<String, AttributeValue> get(String table, String p) {
    return client.getItem(it -> it.tableName(table).key(key(p, 1))).item();
  }

  @Test
  void transactWriteItemsWritesToSeveralTablesOrToNone() {
    write(add(one, 5), add(other, -5), putNew(one, "receipt"));
    assertThat(get(one, "account")).containsEntry("money", n(5));
    assertThat(get(other, "account")).containsEntry("money", n(-5));
    assertThatThrownBy(() -> write(add(one, 1), add(other, -1), putNew(one, "receipt")))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled -> {
              List<CancellationReason> reasons = cancelled.cancellationReasons();
              assertThat(reasons)
                  .extracting(CancellationReason::code)
                  .containsExactly("None", "None", "ConditionalCheckFailed");
              assertThat(reasons.getLast().item()).isEqualTo(key("receipt", 1));
            });
    assertThat(get(one, "account")).containsEntry("money", n(5));
    assertThat(get(other, "account")).containsEntry("money", n(-5));
  }

  @Test
  void transactWriteItemsDoesWhatHasOneTokenOnce() {
    for (int time = 0; time < 2; time++) {
      client.transactWriteItems(
          it -> it.transactItems(add(one, 5), add(other, 5)).clientRequestToken("token"));
    }
    assertThat(get(one, "account")).containsEntry("money", n(5));
    assertThatThrownBy(() ->
            client.transactWriteItems(
                it -> it.transactItems(add(one, 6), add(other, 5)).clientRequestToken("token")))
        .isInstanceOf(IdempotentParameterMismatchException.class);
    assertThat(get(one, "account")).containsEntry("money", n(5));
  }

  @Test
  void transactWriteItemsKnowsARequestWhateverTheOrderOfItsMembers() {
    Map<String, AttributeValue> inner = new LinkedHashMap<>();
    inner.put("a", n(1));
    inner.put("b", AttributeValue.fromSs(List.of("u", "v")));
    Map<String, AttributeValue> item = new LinkedHashMap<>(key("account", 1));
    item.put("m", AttributeValue.fromM(inner));
    Map<String, AttributeValue> turnedInner = new LinkedHashMap<>();
    turnedInner.put("b", AttributeValue.fromSs(List.of("v", "u")));
    turnedInner.put("a", n(1));
    Map<String, AttributeValue> turned = new LinkedHashMap<>();
    turned.put("m", AttributeValue.fromM(turnedInner));
    key("account", 1).entrySet().stream()
        .sorted(Map.Entry.<String, AttributeValue>comparingByKey().reversed())
        .forEach(entry -> turned.put(entry.getKey(), entry.getValue()));
    for (Map<String, AttributeValue> each : List.of(item, turned)) {
      client.transactWriteItems(it ->
          it.transactItems(
                  TransactWriteItem.builder().put(put -> put.tableName(one).item(each)).build())
              .clientRequestToken("turned"));
    }
    inner.put("a", n(2));
    item.put("m", AttributeValue.fromM(inner));
    assertThatThrownBy(() ->
            client.transactWriteItems(it ->
                it.transactItems(
                        TransactWriteItem.builder()
                            .put(put -> put.tableName(one).item(item))
                            .build())
                    .clientRequestToken("turned")))
        .isInstanceOf(IdempotentParameterMismatchException.class);
  }

  @Test
  void transactWriteItemsRefusesAnEmptyKeyWithoutMore() {
    assertThatThrownBy(() -> write(add(one, 5), putNew(one, "")))
        .isNotInstanceOf(TransactionCanceledException.class)
        .hasMessageContaining("key attribute cannot contain an empty string value. Key: p");
    assertThat(get(one, "account")).doesNotContainEntry("money", n(5));
  }

  @Test
  void transactWriteItemsRefusesTwoActionsOnOneItem() {
    assertThatThrownBy(() -> write(add(one, 5), add(one, 6)))
        .hasMessageContaining("cannot include multiple operations on one item");
  }

  @Test
  void transactWriteItemsChecksWhatItDoesNotWrite() {
    TransactWriteItem check =
        TransactWriteItem.builder()
            .conditionCheck(it ->
                it.tableName(other).key(key("open", 1)).conditionExpression("attribute_exists(p)"))
            .build();
    assertThatThrownBy(() -> write(check, add(one, 5)))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(get(one, "account")).isEmpty();
    client.putItem(it -> it.tableName(other).item(key("open", 1)));
    write(check, add(one, 5));
    assertThat(get(one, "account")).containsEntry("money", n(5));
  }

  @Test
  void transactGetItemsNeverSeesHalfOfATransaction() throws Exception {
    write(add(one, 0), add(other, 0));
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer =
          tasks.submit(() -> {
            for (int step = 0; step < 20; step++) {
              write(add(one, 1), add(other, -1));
            }
          });
      while (!writer.isDone()) {
        var items =
            client.transactGetItems(it -> it.transactItems(money(one), money(other))).responses();
        int sum = items.stream().mapToInt(it -> Integer.parseInt(it.item().get("money").n())).sum();
        assertThat(sum).isZero();
      }
      writer.get();
    }
  }

  private static TransactGetItem money(String table) {
    return TransactGetItem.builder()
        .get(it -> it.tableName(table).key(key("account", 1)).projectionExpression("money"))
        .build();
  }

  @Test
  void transactGetItemsAnswersNothingForWhatIsNotThere() {
    var responses = client.transactGetItems(it -> it.transactItems(money(one))).responses();
    assertThat(responses).hasSize(1);
    assertThat(responses.getFirst().hasItem()).isFalse();
  }
}
