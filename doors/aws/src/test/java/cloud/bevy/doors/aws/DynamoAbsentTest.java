package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsAction;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.GlobalTableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Replica;
import software.amazon.awssdk.services.dynamodb.model.ReplicaUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What programs ask about that there is not: they are told so, as DynamoDB tells them of a table
/// that has none of it.
final class DynamoAbsentTest extends DynamoTest {
  private static final String TABLE = "plain";
  private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/away";

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

  @Test
  void putResourcePolicyIsRefused() {
    assertThatThrownBy(() -> client.putResourcePolicy(it -> it.resourceArn(arn).policy("{}")))
        .hasMessageContaining("PutResourcePolicy is not supported");
    assertThatThrownBy(
            () -> client.putResourcePolicy(it -> it.resourceArn(arn + "-none").policy("{}")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void searchVectorsIsRefused() {
    assertThatThrownBy(() ->
            client.searchVectors(
                it -> it.tableName(TABLE).indexName("by-v").searchVector(n("0.5")).topK(3)))
        .hasMessageContaining("SearchVectors is not supported");
  }

  @Test
  void listGlobalTablesListsNone() {
    assertThat(client.listGlobalTables().globalTables()).isEmpty();
  }

  @Test
  void createGlobalTableIsRefused() {
    Replica replica = Replica.builder().regionName("eu-west-1").build();
    assertThatThrownBy(() ->
            client.createGlobalTable(it -> it.globalTableName(TABLE).replicationGroup(replica)))
        .hasMessageContaining("CreateGlobalTable is not supported");
  }

  @Test
  void describeGlobalTableSaysThatThereIsNone() {
    assertThatThrownBy(() -> client.describeGlobalTable(it -> it.globalTableName(TABLE)))
        .isInstanceOf(GlobalTableNotFoundException.class);
  }

  @Test
  void describeGlobalTableSettingsSaysThatThereIsNone() {
    assertThatThrownBy(() -> client.describeGlobalTableSettings(it -> it.globalTableName(TABLE)))
        .isInstanceOf(GlobalTableNotFoundException.class);
  }

  @Test
  void updateGlobalTableSaysThatThereIsNone() {
    ReplicaUpdate update = ReplicaUpdate.builder().create(to -> to.regionName("eu-west-1")).build();
    assertThatThrownBy(
            () -> client.updateGlobalTable(it -> it.globalTableName(TABLE).replicaUpdates(update)))
        .isInstanceOf(GlobalTableNotFoundException.class);
  }

  @Test
  void updateGlobalTableSettingsSaysThatThereIsNone() {
    assertThatThrownBy(() -> client.updateGlobalTableSettings(it -> it.globalTableName(TABLE)))
        .isInstanceOf(GlobalTableNotFoundException.class);
  }

  @Test
  void describeTableReplicaAutoScalingSaysThatThereAreNoReplicas() {
    var described =
        client
            .describeTableReplicaAutoScaling(it -> it.tableName(TABLE))
            .tableAutoScalingDescription();
    assertThat(described.tableName()).isEqualTo(TABLE);
    assertThat(described.replicas()).isEmpty();
    assertThatThrownBy(() -> client.describeTableReplicaAutoScaling(it -> it.tableName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void updateTableReplicaAutoScalingIsRefused() {
    assertThatThrownBy(() -> client.updateTableReplicaAutoScaling(it -> it.tableName(TABLE)))
        .hasMessageContaining("UpdateTableReplicaAutoScaling is not supported");
  }

  @Test
  void enableKinesisStreamingDestinationSaysThatThereIsNoStream() {
    assertThatThrownBy(() ->
            client.enableKinesisStreamingDestination(it -> it.tableName(TABLE).streamArn(STREAM)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(STREAM);
  }

  @Test
  void disableKinesisStreamingDestinationSaysThatThereIsNoStream() {
    assertThatThrownBy(() ->
            client.disableKinesisStreamingDestination(it -> it.tableName(TABLE).streamArn(STREAM)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(STREAM);
    assertThatThrownBy(() ->
            client.disableKinesisStreamingDestination(it -> it.tableName("none").streamArn(STREAM)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Table: none not found");
  }

  @Test
  void updateKinesisStreamingDestinationSaysThatThereIsNoStream() {
    assertThatThrownBy(() ->
            client.updateKinesisStreamingDestination(it -> it.tableName(TABLE).streamArn(STREAM)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(STREAM);
  }
}
