package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbStreamsRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// An operation's sentences are those tests whose names begin with its own. The operations are
/// those that the AWS SDK knows, those of Streams among them.
class DynamoCompatibilityTest {
  private static final List<String> TESTS =
      Stream.of(
              "DynamoAbsentTest",
              "DynamoBackupTest",
              "DynamoCapacityTest",
              "DynamoCompositeTest",
              "DynamoDoorTest",
              "DynamoExportTest",
              "DynamoImportTest",
              "DynamoIndexTest",
              "DynamoPartiqlQueryTest",
              "DynamoPartiqlTest",
              "DynamoPartiqlWordsTest",
              "DynamoRecordTest",
              "DynamoStreamTest",
              "DynamoTableTest",
              "DynamoTransactionTest",
              "DynamoWordsTest")
          .flatMap(test -> CompatibilityPage.tests(test).stream())
          .toList();
  private static final List<String> OPERATIONS = operations();
  private static final CompatibilityPage PAGE =
      new CompatibilityPage(
          "DynamoDB",
          "Made from the tests `Dynamo…Test` in `doors/aws`: each sentence is checked with the"
              + " AWS SDK for Java; `DynamoAttackTest` checks byte by byte what no SDK would send."
              + " Every other operation is answered with `UnknownOperationException`, every"
              + " parameter below with a `ValidationException` that names it.",
          OPERATIONS,
          DynamoCompatibilityTest::sentences);

  @Test
  void thePageSaysWhatTheTestsSay() throws IOException {
    String how = PAGE.rewrite(DynamoCompatibilityTest.class);
    assertThat(PAGE.path()).as(how).hasContent(PAGE.text());
  }

  @Test
  void eachOperationThatIsCarriedOutIsTested() {
    assertThat(PAGE.tested())
        .containsExactlyElementsOf(DynamoDoor.implemented().stream().sorted().toList());
  }

  private static List<String> operations() {
    return Stream.of(DynamoDbClient.class, DynamoDbStreamsClient.class)
        .flatMap(client -> Arrays.stream(client.getMethods()))
        .filter(method -> method.getParameterCount() == 1)
        .map(DynamoCompatibilityTest::operation)
        .filter(name -> !name.isEmpty())
        .sorted()
        .distinct()
        .toList();
  }

  private static String operation(Method method) {
    Class<?> request = method.getParameterTypes()[0];
    boolean known =
        DynamoDbRequest.class.isAssignableFrom(request)
            || DynamoDbStreamsRequest.class.isAssignableFrom(request);
    return known ? request.getSimpleName().replaceFirst("Request$", "") : "";
  }

  private static List<String> sentences(String operation) {
    String prefix = prefix(operation);
    List<String> longer =
        OPERATIONS.stream()
            .map(DynamoCompatibilityTest::prefix)
            .filter(each -> each.length() > prefix.length() && each.startsWith(prefix))
            .toList();
    return TESTS.stream()
        .filter(test -> test.matches(prefix + "[A-Z].*"))
        .filter(test -> longer.stream().noneMatch(test::startsWith))
        .map(test -> CompatibilityPage.sentence(test.substring(prefix.length())).strip())
        .toList();
  }

  private static String prefix(String operation) {
    return operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
  }
}
