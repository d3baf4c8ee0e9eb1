package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tags that give a table an index, and the operation `Search`.
final class DynamoSearchTest {
  private static final String CREATE =
      """
      {"TableName": "notes", "BillingMode": "PAY_PER_REQUEST",
       "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}],
       "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
       "Tags": [{"Key": "bevy:search:text", "Value": "%s"},
                {"Key": "bevy:search:number", "Value": "n"}]}\
      """;
  private static final String PUT =
      """
      {"TableName": "notes", "Item": {"p": {"S": "%s"}, "title": {"S": "%s"}, "n": {"N": "%d"}}}\
      """;
  private static final String RESOURCE =
      "\"ResourceArn\": \"arn:aws:dynamodb:us-east-1:000000000000:table/notes\"";

  private final ClockedWorld world = new ClockedWorld();
  private Clouds clouds;
  private Lease lease;
  private DynamoDoor door;

  @BeforeEach
  void open(@TempDir Path folder) {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("test");
    lease = clouds.open("test").orElseThrow();
    door =
        new DynamoDoor(
            world, clouds, new Indexes(world, folder.resolve("search"), SearchLimits.defaults()));
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  private DynamoDoor.Answer call(String operation, String request) {
    return door.call(lease.cloud(), operation, request.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DynamoDoor.Answer answer) {
    return new String(answer.json(), StandardCharsets.UTF_8);
  }

  private String answer(String operation, String request) {
    DynamoDoor.Answer answer = call(operation, request);
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    return text(answer);
  }

  private void refused(String operation, String request, String... words) {
    DynamoDoor.Answer answer = call(operation, request);
    assertThat(answer.status()).as(text(answer)).isEqualTo(400);
    assertThat(text(answer)).contains(words);
  }

  private void load() {
    answer("CreateTable", CREATE.formatted("title"));
    answer("PutItem", PUT.formatted("a", "cold beer", 1));
    answer("PutItem", PUT.formatted("b", "warm beer", 2));
  }

  @Test
  void taggedTablesAreSearchedByLuceneSyntax() {
    load();
    assertThat(answer("Search", "{\"TableName\":\"notes\",\"QueryString\":\"title:cold\"}"))
        .contains("\"Count\":1", "\"Total\":1")
        .contains(
            "\"Items\":[{\"p\":{\"S\":\"a\"},\"title\":{\"S\":\"cold beer\"},",
            "\"Id\":\"a\",\"Score\":");
    answer("DeleteItem", "{\"TableName\":\"notes\",\"Key\":{\"p\":{\"S\":\"a\"}}}");
    assertThat(answer("Search", "{\"TableName\":\"notes\",\"QueryString\":\"title:cold\"}"))
        .contains("\"Count\":0");
  }

  @Test
  void queriesAndWholeSearchesAreJson() {
    load();
    assertThat(
            answer(
                "Search",
                """
                {"TableName":"notes","Query":{"match":{"title":"beer"}},"Limit":1,
                 "Highlight":["title"]}\
                """))
        .contains("\"Count\":1", "\"Total\":2", "<em>beer</em>");
    assertThat(
            answer(
                "Search",
                """
                {"TableName":"notes","Search":{"sort":[{"n":"desc"}],"size":1,
                 "aggs":{"all":{"sum":{"field":"n"}}}}}\
                """))
        .contains("\"Id\":\"b\"", "\"Aggregations\":{\"all\":{\"value\":3.0}}");
  }

  @Test
  void badSearchesAreValidationExceptions() {
    load();
    refused("Search", "{\"TableName\":\"notes\"}", "ValidationException", "Exactly one of");
    refused(
        "Search",
        "{\"TableName\":\"notes\",\"Query\":{\"nonsense\":{}}}",
        "ValidationException",
        "unknown query [nonsense]");
    refused("Search", "{\"TableName\":\"notes\",\"Query\":5}", "SerializationException");
    refused(
        "Search", "{\"TableName\":\"nobody\",\"QueryString\":\"a\"}", "ResourceNotFoundException");
  }

  @Test
  void tagsThatAreNoIndexAreRefused() {
    refused("CreateTable", CREATE.formatted("_title"), "ValidationException", "[_title]");
    load();
    refused(
        "TagResource",
        "{" + RESOURCE + ",\"Tags\":[{\"Key\":\"bevy:search:vector\",\"Value\":\"v\"}]}",
        "ValidationException");
    refused(
        "TagResource",
        "{" + RESOURCE + ",\"Tags\":[{\"Key\":\"bevy:search:nonsense\",\"Value\":\"v\"}]}",
        "ValidationException");
  }

  @Test
  void takingTheTagsAwayTakesTheIndexAway() throws Exception {
    load();
    answer("Search", "{\"TableName\":\"notes\",\"QueryString\":\"beer\"}");
    answer(
        "UntagResource",
        "{" + RESOURCE + ",\"TagKeys\":[\"bevy:search:text\",\"bevy:search:number\"]}");
    refused(
        "Search",
        "{\"TableName\":\"notes\",\"QueryString\":\"beer\"}",
        "ResourceNotFoundException",
        "has no index");
    answer(
        "TagResource",
        "{" + RESOURCE + ",\"Tags\":[{\"Key\":\"bevy:search:keyword\",\"Value\":\"title\"}]}");
    assertThat(
            answer(
                "Search", "{\"TableName\":\"notes\",\"QueryString\":\"title:\\\"cold beer\\\"\"}"))
        .contains("\"Count\":1");
    answer("DeleteTable", "{\"TableName\":\"notes\"}");
    refused(
        "Search",
        "{\"TableName\":\"notes\",\"QueryString\":\"beer\"}",
        "ResourceNotFoundException");
  }
}
