package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What programs ask about that there is not: they are told so, as DynamoDB tells them of a table
/// that has none of it.
final class DynamoAbsentTest extends DynamoTest {
  private static final String TABLE = "plain";

  private String arn;

  @BeforeAll
  void createTable() {
    DynamoTestTables.create(client, TABLE, _ -> {});
    arn = client.describeTable(it -> it.tableName(TABLE)).table().tableArn();
  }

  @Test
  void describeContributorInsightsSaysThatNobodyCounts() {
    var described = client.describeContributorInsights(it -> it.tableName(TABLE));
    assertThat(described.tableName()).isEqualTo(TABLE);
    assertThat(described.contributorInsightsStatus()).isEqualTo(ContributorInsightsStatus.DISABLED);
    assertThatThrownBy(() -> client.describeContributorInsights(it -> it.tableName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> client.describeContributorInsights(it -> it.tableName(TABLE).indexName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void updateContributorInsightsRefusesToHaveSomebodyCount() {
    assertThatThrownBy(() ->
            client.updateContributorInsights(it ->
                it.tableName(TABLE).contributorInsightsAction(ContributorInsightsAction.ENABLE)))
        .hasMessageContaining("not supported");
    assertThat(
            client
                .updateContributorInsights(it ->
                    it.tableName(TABLE)
                        .contributorInsightsAction(ContributorInsightsAction.DISABLE))
                .contributorInsightsStatus())
        .isEqualTo(ContributorInsightsStatus.DISABLED);
  }

  @Test
  void listContributorInsightsListsNone() {
    assertThat(client.listContributorInsights(_ -> {}).contributorInsightsSummaries()).isEmpty();
  }

  @Test
  void describeKinesisStreamingDestinationSaysThatThereIsNone() {
    assertThat(
            client
                .describeKinesisStreamingDestination(it -> it.tableName(TABLE))
                .kinesisDataStreamDestinations())
        .isEmpty();
    assertThatThrownBy(() -> client.describeKinesisStreamingDestination(it -> it.tableName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void getResourcePolicySaysThatThereIsNone() {
    assertThatThrownBy(() -> client.getResourcePolicy(it -> it.resourceArn(arn)))
        .isInstanceOf(PolicyNotFoundException.class);
    assertThatThrownBy(() -> client.getResourcePolicy(it -> it.resourceArn(arn + "-none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void deleteResourcePolicyTakesNothingAway() {
    assertThat(client.deleteResourcePolicy(it -> it.resourceArn(arn)).revisionId()).isNull();
    assertThatThrownBy(
            () -> client.deleteResourcePolicy(it -> it.resourceArn(arn).expectedRevisionId("1")))
        .isInstanceOf(PolicyNotFoundException.class);
  }
}
