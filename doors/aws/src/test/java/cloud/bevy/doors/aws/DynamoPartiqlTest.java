package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.indexed;
import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// PartiQL as the AWS SDK for Java sees it.
final class DynamoPartiqlTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private String table;

  @BeforeEach
  void createTable() {
    table = "partiql-" + TABLES.incrementAndGet();
    Projection all = Projection.builder().projectionType(ProjectionType.ALL).build();
    DynamoTestTables.createIndexed(client, table, all);
  }

  /// `TABLE` in the text is the table.
  private List<Map<String, AttributeValue>> run(String text, AttributeValue... parameters) {
    return client
        .executeStatement(it ->
            it.statement(text.replace("TABLE", '"' + table + '"'))
                .parameters(parameters.length == 0 ? null : List.of(parameters)))
        .items();
  }

  private void insert(String p, int s, int n) {
    client.putItem(it -> it.tableName(table).item(indexed(p, s, "x", n)));
  }

  @Test
  void executeStatementInsertsWhatIsNotThere() {
    run("INSERT INTO TABLE VALUE {'p': 'it''s', 's': ?, 'l': [1, -2.5], 'b': <<'u', 'v'>>}", n(1));
    var item = client.getItem(it -> it.tableName(table).key(key("it's", 1))).item();
    assertThat(item.get("l").l()).containsExactly(n(1), n("-2.5"));
    assertThat(item.get("b").ss()).containsExactlyInAnyOrder("u", "v");
    assertThatThrownBy(() -> run("INSERT INTO TABLE VALUE {'p': 'it''s', 's': 1}"))
        .isInstanceOf(DuplicateItemException.class);
  }

  @Test
  void executeStatementReadsAPartitionInOrderAndInPages() {
    for (int s = 1; s <= 5; s++) {
      insert("a", s, s % 2);
    }
    String statement = "SELECT s FROM TABLE WHERE p = 'a' AND s >= 2 AND n = 1 ORDER BY s DESC";
    assertThat(run(statement)).containsExactly(Map.of("s", n(5)), Map.of("s", n(3)));
    assertThat(run("SELECT s FROM TABLE WHERE p = 'a' AND s < 3 ORDER BY p ASC, s DESC"))
        .containsExactly(Map.of("s", n(2)), Map.of("s", n(1)));
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      var page =
          client.executeStatement(it ->
              it.statement("SELECT * FROM \"" + table + "\" WHERE p = 'a'")
                  .limit(2)
                  .nextToken(next));
      found.addAll(page.items());
      token = page.nextToken();
    } while (token != null);
    assertThat(found).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void executeStatementReadsAnIndex() {
    insert("a", 1, 30);
    insert("b", 2, 10);
    assertThat(run("SELECT s FROM TABLE.\"by-g\" WHERE g = 'x' AND n BETWEEN 0 AND 20"))
        .containsExactly(Map.of("s", n(2)));
  }

  @Test
  void executeStatementSearchesTheWholeTable() {
    insert("a", 1, 30);
    insert("b", 2, 10);
    assertThat(run("SELECT p FROM TABLE WHERE n IN [10, 11] OR contains(p, 'z')"))
        .containsExactly(Map.of("p", s("b")));
    assertThat(run("SELECT p FROM TABLE WHERE z IS MISSING AND NOT begins_with(p, 'b')"))
        .containsExactly(Map.of("p", s("a")));
  }

  @Test
  void executeStatementChangesWhatIsThere() {
    insert("a", 1, 30);
    var items =
        run(
            "UPDATE TABLE SET n = n + 1 SET u = 'v' REMOVE t WHERE p = 'a' AND s = 1 AND n = ?"
                + " RETURNING MODIFIED NEW *",
            n(30));
    assertThat(items).containsExactly(Map.of("n", n(31), "u", s("v")));
    assertThatThrownBy(() -> run("UPDATE TABLE SET n = 1 WHERE p = 'a' AND s = 2"))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThatThrownBy(() -> run("UPDATE TABLE SET n = 1 WHERE p = 'a'"))
        .hasMessageContaining("mandatory equality on all key attributes");
  }

  @Test
  void executeStatementDeletesAndShowsWhatWasThere() {
    insert("a", 1, 30);
    for (String unfit : List.of("MODIFIED OLD", "ALL NEW", "MODIFIED NEW")) {
      assertThatThrownBy(() ->
              run("DELETE FROM TABLE WHERE p = 'a' AND s = 1 RETURNING %s *".formatted(unfit)))
          .hasMessageContaining("DELETE can only be RETURNING ALL OLD *");
    }
    assertThat(run("DELETE FROM TABLE WHERE p = 'a' AND s = 1 RETURNING ALL OLD *"))
        .containsExactly(indexed("a", 1, "x", 30));
    assertThat(run("SELECT * FROM TABLE")).isEmpty();
  }

  @Test
  void executeStatementRefusesWhatIsNoStatement() {
    for (String text :
        List.of(
            "SELECT",
            "SELECT * FROM TABLE WHERE",
            "INSERT INTO TABLE VALUE {'p': 'a'",
            "SELECT * FROM TABLE WHERE p = ?",
            "DELETE FROM TABLE",
            "SELECT * FROM TABLE WHERE p = 'a",
            "SELECT * FROM TABLE WHERE " + "(".repeat(100) + "p = 'a'" + ")".repeat(100),
            "INSERT INTO TABLE VALUE {'p': " + "[".repeat(1000) + "]".repeat(1000) + "}")) {
      assertThatThrownBy(() -> run(text))
          .as(text)
          .hasMessageMatching("(?s).*(well formed|Number of parameters).*");
    }
  }

  private BatchStatementRequest part(String text) {
    return BatchStatementRequest.builder()
        .statement(text.replace("TABLE", '"' + table + '"'))
        .build();
  }

  @Test
  void batchExecuteStatementDoesEachForItself() {
    insert("a", 1, 30);
    var responses =
        client
            .batchExecuteStatement(it ->
                it.statements(
                    part("SELECT n FROM TABLE WHERE p = 'a' AND s = 1"),
                    part("SELECT n FROM TABLE WHERE p = 'a' AND s = 2"),
                    part("SELECT n FROM TABLE WHERE p = 'a'"),
                    part("SELECT n FROM none WHERE p = 'a'")))
            .responses();
    assertThat(responses.get(0).item()).isEqualTo(Map.of("n", n(30)));
    assertThat(responses.get(1).hasItem()).isFalse();
    assertThat(responses.get(2).error().code())
        .isEqualTo(BatchStatementErrorCodeEnum.VALIDATION_ERROR);
    assertThat(responses.get(3).error().code())
        .isEqualTo(BatchStatementErrorCodeEnum.RESOURCE_NOT_FOUND);
  }

  private ParameterizedStatement step(String text) {
    return ParameterizedStatement.builder()
        .statement(text.replace("TABLE", '"' + table + '"'))
        .build();
  }

  @Test
  void executeStatementReadsForAKeyThatOnlyReads() {
    insert("a", 1, 30);
    ParameterizedStatement select = step("SELECT n FROM TABLE WHERE p = 'a' AND s = 1");
    String read = select.statement();
    try (DynamoDbClient reader = server.clientOf(new AccessKeyLimits("", true, List.of()))) {
      assertThat(reader.executeStatement(it -> it.statement(read)).items()).hasSize(1);
      assertThat(reader.executeTransaction(it -> it.transactStatements(select)).responses())
          .hasSize(1);
      for (String write :
          List.of(
              "INSERT INTO TABLE VALUE {'p': 'b', 's': 1}",
              "UPDATE TABLE SET n = 1 WHERE p = 'a' AND s = 1",
              "DELETE FROM TABLE WHERE p = 'a' AND s = 1")) {
        ParameterizedStatement step = step(write);
        assertThatThrownBy(() -> reader.executeStatement(it -> it.statement(step.statement())))
            .hasMessageContaining("not for this operation");
        assertThatThrownBy(() -> reader.executeTransaction(it -> it.transactStatements(step)))
            .hasMessageContaining("not for this operation");
        BatchStatementRequest one =
            BatchStatementRequest.builder().statement(step.statement()).build();
        var batch = reader.batchExecuteStatement(it -> it.statements(one));
        assertThat(batch.responses().getFirst().error().code())
            .isEqualTo(BatchStatementErrorCodeEnum.ACCESS_DENIED);
      }
      ParameterizedStatement exists =
          step("EXISTS(SELECT * FROM TABLE WHERE p = 'a' AND s = 1 AND n = 30)");
      assertThatThrownBy(() -> reader.executeTransaction(it -> it.transactStatements(exists)))
          .hasMessageContaining("not for this operation");
    }
    assertThat(run("SELECT n FROM TABLE")).containsExactly(Map.of("n", n(30)));
  }

  @Test
  void executeTransactionDoesAllOrNothing() {
    insert("a", 1, 30);
    assertThatThrownBy(() ->
            client.executeTransaction(it ->
                it.transactStatements(
                    step("UPDATE TABLE SET n = 1 WHERE p = 'a' AND s = 1"),
                    step("INSERT INTO TABLE VALUE {'p': 'a', 's': 2}"),
                    step("EXISTS(SELECT * FROM TABLE WHERE p = 'z' AND s = 1 AND n = 1)"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("None", "None", "ConditionalCheckFailed"));
    assertThat(run("SELECT n FROM TABLE")).containsExactly(Map.of("n", n(30)));
    var written =
        client.executeTransaction(it ->
            it.transactStatements(
                step("UPDATE TABLE SET n = 1 WHERE p = 'a' AND s = 1"),
                step("INSERT INTO TABLE VALUE {'p': 'a', 's': 2, 'n': 2}")));
    assertThat(written.hasResponses()).isTrue();
    assertThat(written.responses()).isEmpty();
    var responses =
        client
            .executeTransaction(it ->
                it.transactStatements(
                    step("SELECT n FROM TABLE WHERE p = 'a' AND s = 1"),
                    step("SELECT n FROM TABLE WHERE p = 'a' AND s = 2")))
            .responses();
    assertThat(responses).extracting(it -> it.item().get("n")).containsExactly(n(1), n(2));
  }

  @Test
  void executeStatementKnowsNotInNotBetweenAndQuotedSteps() {
    insert("a", 1, 30);
    insert("a", 2, 10);
    run("UPDATE TABLE SET m = {'x y': 1} WHERE p = 'a' AND s = 1");
    assertThat(run("SELECT s FROM TABLE WHERE n NOT IN (10, 11)"))
        .containsExactly(Map.of("s", n(1)));
    assertThat(run("SELECT s FROM TABLE WHERE n NOT BETWEEN 20 AND 40"))
        .containsExactly(Map.of("s", n(2)));
    assertThat(run("SELECT s FROM TABLE WHERE m['x y'] = 1")).containsExactly(Map.of("s", n(1)));
  }

  @Test
  void executeStatementRefusesAConsistentReadOfAGlobalIndex() {
    assertThatThrownBy(() ->
            client.executeStatement(it ->
                it.statement("SELECT * FROM \"" + table + "\".\"by-g\" WHERE g = 'x'")
                    .consistentRead(true)))
        .hasMessageContaining("Consistent reads are not supported on global secondary indexes");
  }

  @Test
  void executeStatementShowsTheItemThatAConditionFailedOn() {
    insert("a", 1, 30);
    assertThatThrownBy(() ->
            client.executeStatement(it ->
                it.statement("DELETE FROM \"" + table + "\" WHERE p = 'a' AND s = 1 AND n = 31")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            failed -> assertThat(failed.item()).isEqualTo(indexed("a", 1, "x", 30)));
  }

  @Test
  void batchExecuteStatementShowsWhatFailedAndWhatItCost() {
    insert("a", 1, 30);
    BatchStatementRequest failing =
        part("UPDATE TABLE SET t = 'u' WHERE p = 'a' AND s = 1 AND n = 31").toBuilder()
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    var answer =
        client.batchExecuteStatement(it ->
            it.statements(failing, part("UPDATE TABLE SET n = 31 WHERE p = 'a' AND s = 1"))
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    BatchStatementError error = answer.responses().getFirst().error();
    assertThat(error.code()).isEqualTo(BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED);
    assertThat(error.item()).isEqualTo(indexed("a", 1, "x", 30));
    ConsumedCapacity cost = answer.consumedCapacity().getFirst();
    assertThat(cost.tableName()).isEqualTo(table);
    assertThat(cost.table().capacityUnits()).isEqualTo(1);
    assertThat(cost.globalSecondaryIndexes().get("by-g").capacityUnits()).isEqualTo(2);
    assertThat(cost.localSecondaryIndexes().get("by-n").capacityUnits()).isEqualTo(2);
    assertThat(cost.capacityUnits()).isEqualTo(5);
  }

  @Test
  void executeTransactionReadsAndSaysWhatItCost() {
    insert("a", 1, 30);
    var answer =
        client.executeTransaction(it ->
            it.transactStatements(
                    step("SELECT n FROM TABLE WHERE p = 'a' AND s = 2"),
                    step("SELECT n FROM TABLE WHERE (s = 1 AND p = 'a') AND p = 'a'"))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(answer.responses().get(0).hasItem()).isFalse();
    assertThat(answer.responses().get(1).item()).isEqualTo(Map.of("n", n(30)));
    assertThat(answer.consumedCapacity().getFirst().readCapacityUnits()).isEqualTo(4);
    ConsumedCapacity written =
        client
            .executeTransaction(it ->
                it.transactStatements(step("INSERT INTO TABLE VALUE {'p': 'b', 's': 1}"))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity()
            .getFirst();
    assertThat(written.writeCapacityUnits()).isEqualTo(2);
    assertThat(written.capacityUnits()).isEqualTo(2);
  }
}
