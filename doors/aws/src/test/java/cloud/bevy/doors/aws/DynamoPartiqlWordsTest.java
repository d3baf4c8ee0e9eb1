package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;

/// What DynamoDB says of PartiQL statements that are not quite right.
final class DynamoPartiqlWordsTest extends DynamoTest {
  private static final String TABLE = "words";
  private static final String KEY = " WHERE p = 'a' AND s = 1";

  @BeforeAll
  void createTable() {
    DynamoTestTables.create(client, TABLE, _ -> {});
    run(
        "INSERT INTO words VALUE {'p': 'a', 's': 1, 'l': ['x', 'y', {'z': 'deep'}],"
            + " 't': <<'u'>>, 'm': {'k': [7]}, 'note': 'a--b /*c*/', 'n': 5}");
  }

  private List<Map<String, AttributeValue>> run(String text, AttributeValue... parameters) {
    return client
        .executeStatement(it ->
            it.statement(text).parameters(parameters.length == 0 ? null : List.of(parameters)))
        .items();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          INSERT INTO words VALUE {'p': 'b', 's': 1, 't': <<>>} | Empty bags are not supported
          INSERT INTO words VALUE {'p': 'b', 's': 1, 't': <<1, 'a'>>} | data type in Bag. DynamoDB
          UPDATE words SET t = <<'a', 'a'>> KEY | Input collection [a, a] contains duplicates.
          UPDATE words SET t = <<2, 2.0>> KEY | [2, 2.0] contains duplicates! under root
          UPDATE words SET v = set_add(t, <<'x'>>) KEY | must equal the assignment value at 1:22:7
          UPDATE words SET t = set_delete("t", ['x']) KEY | a value with type SET at 1:33:3
          UPDATE words SET v = 1 KEY garbage | Unexpected token after expression
          UPDATE words SET v = 1--1 KEY | well formed
          SELECT * FROM words KEY /* open | well formed
          SELECT l[-1] FROM words KEY | not within the allowable range; index: [-1] at 1:11:1
          SELECT l FROM words KEY AND attribute_type(l, 1) | attribute_type, operand type: N
          SELECT l FROM words KEY AND attribute_type(l, 'X') | type: X, valid types: {N,BS,L,B,NULL
          EXISTS(SELECT * FROM words KEY AND n = 5) | only be used in ExecuteTransaction write
          """)
  void executeStatementSaysWhatIsWrong(String statement, String words) {
    assertThatThrownBy(() -> run(statement.replace(" KEY", KEY)))
        .hasMessageContaining(words.strip());
  }

  @Test
  void executeStatementPassesOverComments() {
    assertThat(run("SELECT/**/note FROM words -- it is\nWHERE p/* ! */='a' AND s = 1 --"))
        .containsExactly(Map.of("note", s("a--b /*c*/")));
    assertThat(run("SELECT s FROM words WHERE p = 'a' AND note = 'a--b /*c*/'; -- done"))
        .hasSize(1);
  }

  @Test
  void executeStatementNamesWhatItSelectsByTheEndOfItsPath() {
    assertThat(run("SELECT l[-0], l[2].z, m.k[0], m.k FROM words" + KEY))
        .containsExactly(
            Map.of(
                "l[0]", s("x"),
                "z", s("deep"),
                "k[0]", n(7),
                "k", AttributeValue.fromL(List.of(n(7)))));
  }

  @Test
  void executeStatementChecksParametersFirst() {
    assertThatThrownBy(() -> run("UPDATE words SET WHERE", AttributeValue.fromSs(List.of())))
        .hasMessageContaining("An string set  may not be empty");
  }

  private static ParameterizedStatement step(String text) {
    return ParameterizedStatement.builder().statement(text).build();
  }

  private void transact(String... texts) {
    List<ParameterizedStatement> steps =
        List.of(texts).stream().map(DynamoPartiqlWordsTest::step).toList();
    client.executeTransaction(it -> it.transactStatements(steps));
  }

  @Test
  void executeTransactionSaysWhichStatementIsWrong() {
    String read = "SELECT * FROM words" + KEY;
    String write = "UPDATE words SET v = 1" + KEY;
    assertThatThrownBy(() -> transact(read, read + " AND n = 5"))
        .hasMessageContaining(
            "Validation failed in TransactStatements[1]: Select statements within"
                + " ExecuteTransaction must specify the primary key in the where clause.");
    assertThatThrownBy(() -> transact(read, read + " AND p = 'b'"))
        .hasMessageContaining("TransactStatements[1]: Select statements within");
    assertThatThrownBy(() -> transact(read, read))
        .hasMessageContaining("cannot include multiple operations on one item");
    assertThatThrownBy(() -> transact(read, "SELECT * FROM words WHERE p = 1 AND s = 1"))
        .hasMessageContaining("specific reasons [None, ValidationError]");
    assertThatThrownBy(() -> transact("EXISTS(" + read + ")", write))
        .hasMessageContaining(
            "Validation failed in TransactStatements[0]: EXISTS() must contain a single item read"
                + " with additional condition");
    assertThatThrownBy(() -> transact(write, "SELECT"))
        .hasMessageContaining("Validation failed in TransactStatements[1]: Statement wasn't well");
    assertThatThrownBy(() -> transact(read, write))
        .hasMessageContaining(
            "ExecuteTransaction API does not support both read and write operations in the same"
                + " request.");
  }

  private static BatchStatementRequest part(String text, AttributeValue... parameters) {
    return BatchStatementRequest.builder()
        .statement(text)
        .parameters(parameters.length == 0 ? null : List.of(parameters))
        .build();
  }

  @Test
  void batchExecuteStatementAnswersForEachWhatIsNoStatement() {
    List<BatchStatementResponse> responses =
        client
            .batchExecuteStatement(it ->
                it.statements(
                    part("UPDATE words SET"),
                    part("UPDATE words SET v = ?" + KEY, AttributeValue.fromSs(List.of())),
                    part("UPDATE words SET batch = 'done'" + KEY)))
            .responses();
    for (BatchStatementResponse refused : responses.subList(0, 2)) {
      assertThat(refused.error().code()).isEqualTo(BatchStatementErrorCodeEnum.VALIDATION_ERROR);
    }
    assertThat(responses.get(1).error().message()).contains("An string set  may not be empty");
    assertThat(responses.get(2).error()).isNull();
    var item = client.getItem(it -> it.tableName(TABLE).key(key("a", 1))).item();
    assertThat(item.get("batch")).isEqualTo(s("done"));
    assertThat(item).doesNotContainKey("v");
  }
}
