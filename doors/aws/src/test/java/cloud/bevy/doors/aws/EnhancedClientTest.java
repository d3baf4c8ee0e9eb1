package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The enhanced client of the AWS SDK for Java keeps a board of tasks.
final class EnhancedClientTest extends DynamoTest {
  private static final TableSchema<BoardTask> SCHEMA = TableSchema.fromBean(BoardTask.class);
  private static final AtomicInteger TABLES = new AtomicInteger();

  private DynamoDbEnhancedClient enhanced;
  private DynamoDbTable<BoardTask> tasks;

  @BeforeEach
  void createTable() {
    enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
    tasks = enhanced.table("board-" + TABLES.incrementAndGet(), SCHEMA);
    tasks.createTable(it ->
        it.globalSecondaryIndices(index ->
                index
                    .indexName("by-owner")
                    .projection(all -> all.projectionType(ProjectionType.ALL)))
            .localSecondaryIndices(index ->
                index
                    .indexName("by-due")
                    .projection(keys -> keys.projectionType(ProjectionType.KEYS_ONLY))));
  }

  private static Key key(String board, int number) {
    return Key.builder().partitionValue(board).sortValue(number).build();
  }

  private static List<Integer> numbers(SdkIterable<Page<BoardTask>> pages) {
    return pages.stream().flatMap(page -> page.items().stream()).map(BoardTask::getNumber).toList();
  }

  private static QueryConditional board(String board) {
    return QueryConditional.keyEqualTo(it -> it.partitionValue(board));
  }

  @Test
  void aTaskComesBackAsItWas() {
    BoardTask task = BoardTask.of("house", 1, "ada", "2026-12-01");
    task.setLabels(Set.of("roof", "rain"));
    task.setSteps(List.of("look", "mend"));
    task.setHours(Map.of("ada", 3));
    tasks.putItem(task);
    BoardTask back = tasks.getItem(key("house", 1));
    assertThat(back.getLabels()).containsExactlyInAnyOrder("roof", "rain");
    assertThat(back.getSteps()).containsExactly("look", "mend");
    assertThat(back.getHours()).isEqualTo(Map.of("ada", 3));
    assertThat(back.getVersion()).isEqualTo(1);
    assertThat(tasks.deleteItem(back).getNumber()).isEqualTo(1);
    assertThat(tasks.getItem(key("house", 1))).isNull();
  }

  @Test
  void whoChangesWhatAnotherHasChangedIsRefused() {
    tasks.putItem(BoardTask.of("house", 1, "ada", "2026-12-01"));
    BoardTask mine = tasks.getItem(key("house", 1));
    BoardTask theirs = tasks.getItem(key("house", 1));
    theirs.setOwner("bob");
    assertThat(tasks.updateItem(theirs).getVersion()).isEqualTo(2);
    mine.setOwner("eve");
    assertThatThrownBy(() -> tasks.updateItem(mine))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(tasks.getItem(key("house", 1)).getOwner()).isEqualTo("bob");
  }

  @Test
  void aCounterCountsTheChanges() {
    tasks.putItem(BoardTask.of("house", 1, "ada", "2026-12-01"));
    for (int i = 1; i <= 3; i++) {
      BoardTask changed = BoardTask.of("house", 1, "owner " + i, null);
      changed.setVersion((long) i);
      BoardTask after =
          tasks.updateItem(it -> it.item(changed).ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY));
      assertThat(after.getChanges()).isEqualTo(i);
      assertThat(after.getDue()).isEqualTo("2026-12-01");
    }
  }

  @Test
  void batchesWriteReadAndDelete() {
    List<BoardTask> many =
        Stream.iterate(1, i -> i + 1)
            .limit(20)
            .map(i -> BoardTask.of("house", i, i % 2 == 0 ? "ada" : "bob", "2026-12-" + (40 - i)))
            .toList();
    // Batches have no conditions, so versions cannot be kept.
    DynamoDbEnhancedClient plain =
        DynamoDbEnhancedClient.builder().dynamoDbClient(client).extensions(List.of()).build();
    DynamoDbTable<BoardTask> tasks = plain.table(this.tasks.tableName(), SCHEMA);
    WriteBatch.Builder<BoardTask> writes =
        WriteBatch.builder(BoardTask.class).mappedTableResource(tasks);
    many.forEach(writes::addPutItem);
    var written = plain.batchWriteItem(it -> it.addWriteBatch(writes.build()));
    assertThat(written.unprocessedPutItemsForTable(tasks)).isEmpty();
    ReadBatch wanted =
        ReadBatch.builder(BoardTask.class)
            .mappedTableResource(tasks)
            .addGetItem(key("house", 3))
            .addGetItem(key("house", 21))
            .build();
    assertThat(plain.batchGetItem(it -> it.addReadBatch(wanted)).resultsForTable(tasks))
        .extracting(BoardTask::getNumber)
        .containsExactly(3);

    assertThat(numbers(tasks.query(it -> it.queryConditional(board("house")).limit(6))))
        .hasSize(20)
        .isSorted();
    assertThat(numbers(tasks.index("by-due").query(it -> it.queryConditional(board("house")))))
        .startsWith(20, 19, 18);
    QueryConditional ofAda =
        QueryConditional.sortBetween(
            it -> it.partitionValue("ada").sortValue("2026-12-36"),
            it -> it.partitionValue("ada").sortValue("2026-12-38"));
    assertThat(
            numbers(
                tasks
                    .index("by-owner")
                    .query(it -> it.queryConditional(ofAda).scanIndexForward(false))))
        .containsExactly(2, 4);
    Expression late =
        Expression.builder()
            .expression("begins_with(due, :day) AND #n > :n")
            .putExpressionName("#n", "number")
            .putExpressionValue(":day", AttributeValue.fromS("2026-12-2"))
            .putExpressionValue(":n", AttributeValue.fromN("17"))
            .build();
    assertThat(numbers(tasks.scan(it -> it.filterExpression(late))))
        .containsExactlyInAnyOrder(18, 19, 20);
  }

  @Test
  void aTransactionDoesAllOrNothing() {
    tasks.putItem(BoardTask.of("house", 1, "ada", "2026-12-01"));
    Expression open = Expression.builder().expression("attribute_exists(board)").build();
    assertThatThrownBy(() ->
            enhanced.transactWriteItems(it ->
                it.addPutItem(tasks, BoardTask.of("house", 2, "bob", "2026-12-02"))
                    .addConditionCheck(
                        tasks, check -> check.key(key("house", 9)).conditionExpression(open))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons().get(1).code())
                    .isEqualTo("ConditionalCheckFailed"));
    assertThat(tasks.getItem(key("house", 2))).isNull();
    enhanced.transactWriteItems(it ->
        it.addPutItem(tasks, BoardTask.of("house", 2, "bob", "2026-12-02"))
            .addConditionCheck(
                tasks, check -> check.key(key("house", 1)).conditionExpression(open)));
    var both =
        enhanced.transactGetItems(
            it -> it.addGetItem(tasks, key("house", 1)).addGetItem(tasks, key("house", 2)));
    assertThat(both)
        .extracting(document -> document.getItem(tasks).getOwner())
        .containsExactly("ada", "bob");
  }
}
