package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;

class GetBucketNotificationConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void nobodyIsToldToBeginWith() {
    String bucket = SERVER.bucket();
    GetBucketNotificationConfigurationResponse found = get(bucket);
    assertThat(found.lambdaFunctionConfigurations()).isEmpty();
    assertThat(found.queueConfigurations()).isEmpty();
    assertThat(found.topicConfigurations()).isEmpty();
    assertThat(found.eventBridgeConfiguration()).isNull();
  }

  @Test
  void whatWasPutIsGivenBack() {
    String bucket = SERVER.bucket();
    FilterRule prefix = FilterRule.builder().name(FilterRuleName.PREFIX).value("in/ü<>").build();
    FilterRule suffix = FilterRule.builder().name(FilterRuleName.SUFFIX).value(".jpg").build();
    LambdaFunctionConfiguration filtered =
        LambdaFunctionConfiguration.builder()
            .id("a & b")
            .lambdaFunctionArn(TestFunctions.ARN)
            .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED_DELETE)
            .filter(f -> f.key(k -> k.filterRules(prefix, suffix)))
            .build();
    LambdaFunctionConfiguration plain =
        LambdaFunctionConfiguration.builder()
            .id("c")
            .lambdaFunctionArn(TestFunctions.ARN)
            .events(Event.S3_OBJECT_TAGGING)
            .build();
    SERVER
        .client()
        .putBucketNotificationConfiguration(r ->
            r.bucket(bucket)
                .notificationConfiguration(c -> c.lambdaFunctionConfigurations(filtered, plain)));
    assertThat(get(bucket).lambdaFunctionConfigurations())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*name")
        .isEqualTo(List.of(filtered, plain));
    assertThat(get(bucket).lambdaFunctionConfigurations().getFirst().filter().key().filterRules())
        .extracting(rule -> rule.nameAsString() + rule.value())
        .containsExactly("Prefixin/ü<>", "Suffix.jpg");
  }

  private static GetBucketNotificationConfigurationResponse get(String bucket) {
    return SERVER.client().getBucketNotificationConfiguration(r -> r.bucket(bucket));
  }
}
