package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.indexed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// How `SELECT` finds and orders items: by one partition, by several, or by looking at all.
final class DynamoPartiqlQueryTest extends DynamoTest {
  private static final String TABLE = "queried";

  @BeforeAll
  void createTable() {
    Projection all = Projection.builder().projectionType(ProjectionType.ALL).build();
    DynamoTestTables.createIndexed(client, TABLE, all);
    for (String p : List.of("a", "b", "c")) {
      for (int s = 1; s <= 3; s++) {
        int number = s;
        client.putItem(
            it -> it.tableName(TABLE).item(indexed(p, number, p.equals("c") ? "y" : "x", number)));
      }
    }
    Projection keys = Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
    DynamoTestTables.createIndexed(client, "narrow", keys);
    client.putItem(it -> it.tableName("narrow").item(indexed("a", 1, "x", 1)));
  }

  private ExecuteStatementResponse page(String rest, Integer limit, String token) {
    return client.executeStatement(it ->
        it.statement("SELECT p, s FROM " + TABLE + " WHERE " + rest)
            .limit(limit)
            .nextToken(token)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
  }

  private static List<String> names(ExecuteStatementResponse page) {
    return page.items().stream().map(item -> item.get("p").s() + item.get("s").n()).toList();
  }

  /// What the first page of a statement has.
  private List<String> found(String rest) {
    return names(page(rest, null, null));
  }

  @Test
  void executeStatementReadsSeveralPartitions() {
    assertThat(found("p IN ['c', 'a', 'c', 'z']"))
        .containsExactly("c1", "c2", "c3", "a1", "a2", "a3");
    assertThat(found("p = 'b' OR p = 'a'")).containsExactly("b1", "b2", "b3", "a1", "a2", "a3");
    assertThat(found("p IN ['c', 'a'] AND s > 1 AND n < 3")).containsExactly("c2", "a2");
    assertThat(found("s = 3 AND (p = 'c' OR p IN ('b'))")).containsExactly("c3", "b3");
    assertThat(found("(p = 'a' AND s = 2) OR (p = 'b' AND s BETWEEN 2 AND 3) OR (p = 'a' AND s=3)"))
        .containsExactly("a2", "a3", "b2", "b3");
    assertThat(found("(p = 'a' AND s = 2) OR n = 3"))
        .containsExactlyInAnyOrder("a2", "a3", "b3", "c3");
  }

  @Test
  void executeStatementReadsNoMoreThanThePartitionsItIsAskedFor() {
    for (String rest : List.of("p IN ['a', 'b']", "(p = 'a' OR p = 'b')", "p = 'a'")) {
      var page = page(rest + " AND t = 'none'", 6, null);
      assertThat(page.items()).isEmpty();
      assertThat(page.consumedCapacity().capacityUnits()).isEqualTo(0.5);
    }
    assertThat(page("p IN ['a']", 3, null).items()).hasSize(3);
    assertThat(names(page("(p = 'a' AND s = 3) OR (p = 'b' AND s = 1)", 2, null)))
        .containsExactly("a3", "b1");
  }

  @Test
  void executeStatementGoesFromPartitionToPartitionByPages() {
    for (String rest :
        List.of(
            "p IN ['c', 'a', 'z', 'b']",
            "p IN ['c', 'a', 'b'] ORDER BY p DESC, s",
            "p = 'a' OR p = 'b' OR p = 'c' ORDER BY p",
            "p IN ['a', 'b', 'c', 'd'] AND t = 'text' ORDER BY p, s DESC")) {
      for (int limit = 1; limit <= 4; limit++) {
        List<String> all = new ArrayList<>();
        String token = null;
        do {
          var page = page(rest, limit, token);
          assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
          all.addAll(names(page));
          token = page.nextToken();
        } while (token != null);
        assertThat(all).as(rest).isEqualTo(found(rest)).hasSize(9);
      }
    }
  }

  @Test
  void executeStatementRefusesToGoOnInAPartitionItDoesNotRead() {
    String token = page("p IN ['a', 'b'] ORDER BY p", 2, null).nextToken();
    assertThatThrownBy(() -> page("p IN ['b', 'c'] ORDER BY p", 2, token))
        .hasMessageContaining("starting key is outside query boundaries");
  }

  @Test
  void executeStatementOrdersPartitionsAndWhatIsInThem() {
    assertThat(found("p = 'a' ORDER BY s")).containsExactly("a1", "a2", "a3");
    assertThat(found("p = 'a' ORDER BY s DESC")).containsExactly("a3", "a2", "a1");
    assertThat(found("p = 'a' ORDER BY p ASC")).containsExactly("a3", "a2", "a1");
    assertThat(found("p IN ['b', 'a'] ORDER BY p DESC, s ASC"))
        .containsExactly("b1", "b2", "b3", "a1", "a2", "a3");
    assertThat(found("p IN ['b', 'a'] ORDER BY p"))
        .containsExactly("a3", "a2", "a1", "b3", "b2", "b1");
    assertThat(
            client
                .executeStatement(it ->
                    it.statement(
                        "SELECT p, s FROM queried.\"by-g\" WHERE g IN ['y', 'x']"
                            + " ORDER BY g, n DESC"))
                .items()
                .stream()
                .map(item -> item.get("s").n()))
        .containsExactly("3", "3", "2", "2", "1", "1", "3", "2", "1");
  }

  @Test
  void executeStatementRefusesAnOrderThatThereIsNot() {
    assertThatThrownBy(
            () -> client.executeStatement(it -> it.statement("SELECT * FROM queried ORDER BY s")))
        .hasMessageContaining("Must have WHERE clause in the statement when using ORDER BY clause");
    assertThatThrownBy(() -> found("n = 1 ORDER BY s"))
        .hasMessageContaining("Must have at least one non-optional hash key condition");
    assertThatThrownBy(() -> found("p = 'a' OR s = 1 ORDER BY s"))
        .hasMessageContaining("Must have at least one non-optional hash key condition");
    assertThatThrownBy(() -> found("p = 'a' ORDER BY n"))
        .hasMessageContaining("Attribute n in ORDER BY clause must be part of the primary key");
    assertThatThrownBy(() -> found("p IN ['a', 'b'] ORDER BY s DESC"))
        .hasMessageContaining(
            "Must have hash key in ORDER BY clause when more than one hash key condition");
  }

  @Test
  void executeStatementAnswersTenItemsOfAListOfPartitions() {
    String list =
        IntStream.range(0, 50)
            .mapToObj(at -> "'l%02d'".formatted(at))
            .collect(Collectors.joining(", ", "p IN [", "]"));
    for (int at = 0; at < 12; at++) {
      String p = "l%02d".formatted(at);
      client.putItem(it -> it.tableName(TABLE).item(indexed(p, 1, "z", 1)));
    }
    ExecuteStatementResponse first = page(list, null, null);
    assertThat(first.items()).hasSize(10);
    ExecuteStatementResponse second = page(list, null, first.nextToken());
    assertThat(names(second)).containsExactly("l101", "l111");
    assertThat(second.nextToken()).isNull();
    assertThatThrownBy(() -> found(list.replace("]", ", 'more']")))
        .hasMessageContaining("too many operands; number of operands: 51");
    assertThatThrownBy(() -> found("p IN ['a', 1]"))
        .hasMessageContaining("Condition parameter type does not match schema type");
  }

  @Test
  void executeStatementRefusesWhatAnIndexHasNot() {
    String select = "FROM narrow.\"by-g\" WHERE g = 'x'";
    assertThatThrownBy(() -> client.executeStatement(it -> it.statement("SELECT t " + select)))
        .hasMessageContaining("Global secondary index by-g does not project [t]");
    String filter = " AND (t = 'text' OR NOT u = 1)";
    assertThatThrownBy(
            () -> client.executeStatement(it -> it.statement("SELECT p " + select + filter)))
        .hasMessageContaining(
            "Secondary index by-g does not project one or more filter attributes: [t, u]");
    List<AttributeValue> found =
        client
            .executeStatement(it -> it.statement("SELECT p " + select + " AND s = 1"))
            .items()
            .stream()
            .map(item -> item.get("p"))
            .toList();
    assertThat(found).containsExactly(AttributeValue.fromS("a"));
  }
}
