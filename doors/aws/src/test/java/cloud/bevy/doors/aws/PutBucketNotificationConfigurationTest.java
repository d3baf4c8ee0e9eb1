package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

class PutBucketNotificationConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String NOBODY =
      "Unable to validate the following destination configurations";

  @Test
  void aConfigurationMayBeEmptyAndEndsTheOneBefore() {
    String bucket = SERVER.bucket();
    put(bucket, rule("a", Event.S3_OBJECT_CREATED));
    assertThat(ids(bucket)).containsExactly("a");
    put(bucket);
    assertThat(ids(bucket)).isEmpty();
  }

  @Test
  void aRuleWithoutAnIdGetsOne() {
    String bucket = SERVER.bucket();
    put(
        bucket,
        LambdaFunctionConfiguration.builder()
            .lambdaFunctionArn(TestFunctions.ARN)
            .events(Event.S3_OBJECT_CREATED)
            .build());
    assertThat(ids(bucket)).singleElement().asString().isNotEmpty();
  }

  @Test
  void everyEventThatS3NamesMayBeAskedFor() {
    String bucket = SERVER.bucket();
    put(bucket, rule("a", Event.knownValues().toArray(Event[]::new)));
    assertThat(
            SERVER
                .client()
                .getBucketNotificationConfiguration(r -> r.bucket(bucket))
                .lambdaFunctionConfigurations()
                .getFirst()
                .events())
        .containsExactlyInAnyOrderElementsOf(Event.knownValues());
  }

  @Test
  void anEventThatS3DoesNotNameIsRefused() {
    refused(
        "A specified event is not supported",
        rule("a").toBuilder().eventsWithStrings("s3:ObjectRead:*").build());
  }

  @Test
  void aRuleWithoutEventsIsMalformed() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.MALFORMED_XML, () -> put(bucket, rule("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:lambda:us-east-1:123456789012:function:nobody",
        "arn:aws:lambda:us-east-1:123456789012:function:thumbs:1",
        "arn:aws:lambda:us-east-1:123456789012:thumbs",
        "arn:aws:sqs:us-east-1:123456789012:thumbs",
        "thumbs"
      })
  void aFunctionThatIsNotThereIsRefused(String arn) {
    refused(NOBODY, rule("a", Event.S3_OBJECT_CREATED).toBuilder().lambdaFunctionArn(arn).build());
  }

  @Test
  void aFunctionThatIsNotThereMayBeNamedWhereItIsNotToBeChecked() {
    String bucket = SERVER.bucket();
    String later = TestFunctions.ARN.replace("thumbs", "later");
    SERVER
        .client()
        .putBucketNotificationConfiguration(r ->
            r.bucket(bucket)
                .skipDestinationValidation(true)
                .notificationConfiguration(c ->
                    c.lambdaFunctionConfigurations(
                        rule("a", Event.S3_OBJECT_CREATED).toBuilder()
                            .lambdaFunctionArn(later)
                            .build())));
    assertThat(ids(bucket)).containsExactly("a");
  }

  @Test
  void aFunctionInAnotherRegionThanTheBucketIsRefused() {
    refused(
        "region is not valid",
        rule("a", Event.S3_OBJECT_CREATED).toBuilder()
            .lambdaFunctionArn(TestFunctions.ARN.replace("us-east-1", "eu-west-1"))
            .build());
  }

  @Test
  void aTopicIsToldThatItWillBeToldAndThenIs() throws Exception {
    String bucket = SERVER.bucket();
    SERVER.functions().announced.clear();
    String arn = "arn:aws:sns:us-east-1:123456789012:uploads/cats";
    SERVER
        .client()
        .putBucketNotificationConfiguration(r ->
            r.bucket(bucket).notificationConfiguration(c -> c.topicConfigurations(topic(arn))));
    assertThat(SERVER.functions().announced)
        .singleElement()
        .asString()
        .startsWith("topic:uploads/cats {\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"")
        .contains("\"Bucket\":\"" + bucket + "\"");
    assertThat(
            SERVER
                .client()
                .getBucketNotificationConfiguration(r -> r.bucket(bucket))
                .topicConfigurations())
        .singleElement()
        .satisfies(rule -> assertThat(rule.topicArn()).isEqualTo(arn));
    SERVER.client().putObject(r -> r.bucket(bucket).key("k"), RequestBody.fromString("x"));
    assertThat(SERVER.functions().next(1))
        .singleElement()
        .extracting(TestFunctions::name)
        .isEqualTo("ObjectCreated:Put");
  }

  @Test
  void aTopicThatTakesNothingIsRefused() {
    refused(
        SERVER.bucket(),
        NOBODY,
        c -> c.topicConfigurations(topic("arn:aws:sns:us-east-1:123456789012:full")));
  }

  private static TopicConfiguration topic(String arn) {
    return TopicConfiguration.builder().topicArn(arn).events(Event.S3_OBJECT_CREATED).build();
  }

  @Test
  void queuesAndEventBusesAreNotThereAndAreRefused() {
    QueueConfiguration queue =
        QueueConfiguration.builder()
            .queueArn("arn:aws:sqs:us-east-1:1:nothing")
            .events(Event.S3_OBJECT_CREATED)
            .build();
    String bucket = SERVER.bucket();
    refused(bucket, NOBODY, c -> c.queueConfigurations(queue));
    refused(bucket, NOBODY, c -> c.topicConfigurations(topic("arn:aws:sqs:us-east-1:1:t")));
    refused(bucket, NOBODY, c -> c.eventBridgeConfiguration(e -> {}));
  }

  @Test
  void twoRulesMayNotHaveOneId() {
    refused(
        "IDs must be unique",
        rule("a", Event.S3_OBJECT_CREATED),
        rule("a", Event.S3_OBJECT_ACL_PUT));
  }

  @Test
  void twoRulesMayNotBeForTheSameEventOfTheSameKeys() {
    String words = "Configuration is ambiguously defined";
    refused(words, rule("a", Event.S3_OBJECT_CREATED), rule("b", Event.S3_OBJECT_CREATED_PUT));
    refused(
        words,
        filtered("a", "prefix", "in/"),
        filtered("b", "prefix", "in/deep/", "suffix", ".jpg"));
    put(
        SERVER.bucket(),
        filtered("a", "prefix", "in/", "suffix", ".png"),
        filtered("b", "prefix", "in/deep/", "suffix", ".jpg"),
        filtered("c", "prefix", "out/"),
        rule("d", Event.S3_OBJECT_REMOVED));
  }

  @Test
  void aFilterHasOnePrefixAndOneSuffixAtMost() {
    refused("more than one prefix", filtered("a", "prefix", "a", "Prefix", "ab"));
    refused("more than one suffix", filtered("a", "suffix", "a", "suffix", "ba"));
    refused("either prefix or suffix", filtered("a", "infix", "a"));
    refused("cannot exceed 1024 bytes", filtered("a", "prefix", "ü".repeat(513)));
    put(SERVER.bucket(), filtered("a", "prefix", "ü".repeat(512), "suffix", ".jpg"));
  }

  @Test
  void thereAreAHundredRulesAtMost() {
    List<LambdaFunctionConfiguration> rules = new ArrayList<>();
    for (int i = 100; i < 200; i++) {
      rules.add(filtered("r" + i, "prefix", i + "/"));
    }
    put(SERVER.bucket(), rules.toArray(LambdaFunctionConfiguration[]::new));
    rules.add(filtered("r200", "prefix", "200/"));
    refused("must not exceed 100", rules.toArray(LambdaFunctionConfiguration[]::new));
  }

  private static LambdaFunctionConfiguration rule(String id, Event... events) {
    return LambdaFunctionConfiguration.builder()
        .id(id)
        .lambdaFunctionArn(TestFunctions.ARN)
        .events(events)
        .build();
  }

  /// @param namesAndValues of the filter's rules
  private static LambdaFunctionConfiguration filtered(String id, String... namesAndValues) {
    List<FilterRule> filter = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      filter.add(FilterRule.builder().name(namesAndValues[i]).value(namesAndValues[i + 1]).build());
    }
    return rule(id, Event.S3_OBJECT_CREATED).toBuilder()
        .filter(f -> f.key(k -> k.filterRules(filter)))
        .build();
  }

  private static void put(String bucket, LambdaFunctionConfiguration... rules) {
    SERVER
        .client()
        .putBucketNotificationConfiguration(r ->
            r.bucket(bucket).notificationConfiguration(c -> c.lambdaFunctionConfigurations(rules)));
  }

  private static List<String> ids(String bucket) {
    return SERVER
        .client()
        .getBucketNotificationConfiguration(r -> r.bucket(bucket))
        .lambdaFunctionConfigurations()
        .stream()
        .map(LambdaFunctionConfiguration::id)
        .toList();
  }

  private static void refused(String words, LambdaFunctionConfiguration... rules) {
    refused(SERVER.bucket(), words, c -> c.lambdaFunctionConfigurations(rules));
  }

  private static void refused(
      String bucket, String words, Consumer<NotificationConfiguration.Builder> with) {
    assertThatThrownBy(() ->
            SERVER
                .client()
                .putBucketNotificationConfiguration(
                    r -> r.bucket(bucket).notificationConfiguration(with)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorMessage()).contains(words);
            });
    assertThat(ids(bucket)).as("nothing was changed").isEmpty();
  }
}
