package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalOperator;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Tags, expiry and the parameters from before expressions, as the AWS SDK for Java sees them.
final class DynamoTableTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private String table;
  private String arn;

  @BeforeEach
  void createTable() {
    table = "table-" + TABLES.incrementAndGet();
    DynamoTestTables.create(client, table, _ -> {});
    arn = client.describeTable(it -> it.tableName(table)).table().tableArn();
  }

  private Map<String, AttributeValue> get(String p) {
    return client.getItem(it -> it.tableName(table).key(key(p, 1))).item();
  }

  private void put(String p, String attribute, AttributeValue value) {
    client.putItem(it -> it.tableName(table).item(Map.of("p", s(p), "s", n(1), attribute, value)));
  }

  private static Tag tag(String name, String value) {
    return Tag.builder().key(name).value(value).build();
  }

  private List<Tag> tags() {
    return client.listTagsOfResource(it -> it.resourceArn(arn)).tags();
  }

  @Test
  void tagResourceAddsTagsAndReplacesThoseOfTheSameName() {
    client.tagResource(it -> it.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
    client.tagResource(it -> it.resourceArn(arn).tags(tag("b", "3")));
    assertThat(tags()).containsExactly(tag("a", "1"), tag("b", "3"));
  }

  @Test
  void untagResourceTakesTagsAwayAndNoOthers() {
    client.tagResource(it -> it.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
    client.untagResource(it -> it.resourceArn(arn).tagKeys("a", "none"));
    assertThat(tags()).containsExactly(tag("b", "2"));
  }

  @Test
  void listTagsOfResourceSaysThoseATableWasCreatedWith() {
    String other = table + "-tagged";
    DynamoTestTables.create(client, other, it -> it.tags(tag("a", "1")));
    assertThat(client.listTagsOfResource(it -> it.resourceArn(arn + "-tagged")).tags())
        .containsExactly(tag("a", "1"));
    assertThatThrownBy(() -> client.listTagsOfResource(it -> it.resourceArn(arn + "-none")))
        .hasMessageContaining("not authorized");
  }

  private void expire(String attribute, boolean enabled) {
    TimeToLiveSpecification specification =
        TimeToLiveSpecification.builder().attributeName(attribute).enabled(enabled).build();
    client.updateTimeToLive(it -> it.tableName(table).timeToLiveSpecification(specification));
  }

  @Test
  void updateTimeToLiveDeletesWhatHasExpired() {
    long now = System.currentTimeMillis() / 1000;
    put("expired", "e", n(now - 100));
    put("current", "e", n(now + 10_000));
    put("text", "e", s("1"));
    expire("e", true);
    while (!get("expired").isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(get("current")).isNotEmpty();
    assertThat(get("text")).isNotEmpty();
  }

  @Test
  void updateTimeToLiveRefusesWhatIsSoAlready() {
    expire("e", true);
    assertThatThrownBy(() -> expire("e", true)).hasMessageContaining("already enabled");
    expire("e", false);
    assertThatThrownBy(() -> expire("e", false)).hasMessageContaining("already disabled");
  }

  @Test
  void describeTimeToLiveSaysByWhichAttributeItemsExpire() {
    var before = client.describeTimeToLive(it -> it.tableName(table)).timeToLiveDescription();
    assertThat(before.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);
    expire("e", true);
    var after = client.describeTimeToLive(it -> it.tableName(table)).timeToLiveDescription();
    assertThat(after.attributeName()).isEqualTo("e");
  }

  private static ExpectedAttributeValue equal(AttributeValue value) {
    return ExpectedAttributeValue.builder().value(value).build();
  }

  @Test
  void putItemWritesWhereWhatIsExpectedHolds() {
    put("a", "t", s("x"));
    Map<String, ExpectedAttributeValue> expected = Map.of("t", equal(s("y")), "p", equal(s("a")));
    assertThatThrownBy(
            () -> client.putItem(it -> it.tableName(table).item(key("a", 1)).expected(expected)))
        .isInstanceOf(ConditionalCheckFailedException.class);
    client.putItem(it ->
        it.tableName(table)
            .item(key("a", 1))
            .expected(expected)
            .conditionalOperator(ConditionalOperator.OR));
    assertThat(get("a")).isEqualTo(key("a", 1));
  }

  @Test
  void deleteItemRefusesAnExpectationThatContradictsItself() {
    ExpectedAttributeValue both =
        ExpectedAttributeValue.builder().exists(false).value(s("x")).build();
    assertThatThrownBy(() ->
            client.deleteItem(
                it -> it.tableName(table).key(key("a", 1)).expected(Map.of("t", both))))
        .hasMessageContaining("Value cannot be used when Exists is false for Attribute: t");
  }

  private static AttributeValueUpdate action(AttributeAction action, AttributeValue value) {
    return AttributeValueUpdate.builder().action(action).value(value).build();
  }

  @Test
  void updateItemTakesUpdatesByAttribute() {
    put("a", "t", s("x"));
    client.updateItem(it ->
        it.tableName(table)
            .key(key("a", 1))
            .attributeUpdates(
                Map.of(
                    "t", AttributeValueUpdate.builder().action(AttributeAction.DELETE).build(),
                    "n", action(AttributeAction.ADD, n(5)),
                    "u", action(AttributeAction.PUT, s("y")))));
    assertThat(get("a")).isEqualTo(Map.of("p", s("a"), "s", n(1), "n", n(5), "u", s("y")));
  }

  private static Condition condition(ComparisonOperator operator, AttributeValue... values) {
    return Condition.builder().comparisonOperator(operator).attributeValueList(values).build();
  }

  @Test
  void queryTakesKeyConditionsAndAFilter() {
    put("a", "t", s("xyz"));
    put("b", "t", s("xyz"));
    var page =
        client.query(it ->
            it.tableName(table)
                .keyConditions(
                    Map.of(
                        "p", condition(ComparisonOperator.EQ, s("a")),
                        "s", condition(ComparisonOperator.BETWEEN, n(0), n(2))))
                .queryFilter(Map.of("t", condition(ComparisonOperator.CONTAINS, s("y"))))
                .attributesToGet("t"));
    assertThat(page.items()).containsExactly(Map.of("t", s("xyz")));
  }

  @Test
  void scanTakesAFilterByAttribute() {
    put("a", "t", s("xyz"));
    put("b", "u", s("xyz"));
    var page =
        client.scan(
            it -> it.tableName(table).scanFilter(Map.of("t", condition(ComparisonOperator.NULL))));
    assertThat(page.items()).hasSize(1);
    assertThat(page.items().getFirst()).containsEntry("p", s("b"));
  }
}
