package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WarmThroughput;

/// What a table is said to bear, as the AWS SDK for Java sees it.
final class DynamoCapacityTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Projection ALL =
      Projection.builder().projectionType(ProjectionType.ALL).build();

  private String table;

  @BeforeEach
  void name() {
    table = "capacity-" + TABLES.incrementAndGet();
  }

  private TableDescription described() {
    return client.describeTable(it -> it.tableName(table)).table();
  }

  private static WarmThroughput warm(long read, long write) {
    return WarmThroughput.builder().readUnitsPerSecond(read).writeUnitsPerSecond(write).build();
  }

  private static ProvisionedThroughput provisioned(long read, long write) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(read)
        .writeCapacityUnits(write)
        .build();
  }

  @Test
  void describeTableSaysWhatATableIsReadyFor() {
    DynamoTestTables.createIndexed(client, table, ALL);
    assertThat(described().warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
    assertThat(described().warmThroughput().writeUnitsPerSecond()).isEqualTo(4_000);
    assertThat(described().warmThroughput().statusAsString()).isEqualTo("ACTIVE");
    var index = described().globalSecondaryIndexes().getFirst().warmThroughput();
    assertThat(index.readUnitsPerSecond()).isEqualTo(12_000);
    assertThat(described().tableClassSummary()).isNull();
    assertThat(described().onDemandThroughput()).isNull();
    client.updateTable(it ->
        it.tableName(table)
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(provisioned(7, 5)));
    assertThat(described().warmThroughput().readUnitsPerSecond()).isEqualTo(7);
    assertThat(described().warmThroughput().writeUnitsPerSecond()).isEqualTo(5);
  }

  private void create(CreateTableRequest.Builder request) {
    request
        .tableName(table)
        .keySchema(keys("p", "s"))
        .attributeDefinitions(DynamoTestTables.definitions("p", "s"));
    client.createTable(request.build());
  }

  private static CreateTableRequest.Builder onDemand() {
    return CreateTableRequest.builder().billingMode(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void createTableKeepsWhatATableIsToBear() {
    OnDemandThroughput most =
        OnDemandThroughput.builder().maxReadRequestUnits(10L).maxWriteRequestUnits(20L).build();
    create(
        onDemand()
            .onDemandThroughput(most)
            .warmThroughput(warm(15_000, 5_000))
            .tableClass(TableClass.STANDARD_INFREQUENT_ACCESS));
    assertThat(described().onDemandThroughput()).isEqualTo(most);
    assertThat(described().warmThroughput().readUnitsPerSecond()).isEqualTo(15_000);
    assertThat(described().warmThroughput().writeUnitsPerSecond()).isEqualTo(5_000);
    assertThat(described().tableClassSummary().tableClass())
        .isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
    assertThat(described().billingModeSummary().billingMode())
        .isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void createTableRefusesToBearLessThanEveryTable() {
    assertThatThrownBy(() -> create(onDemand().warmThroughput(warm(12_000, 3_000))))
        .hasMessageContaining(
            "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial"
                + " throughput for OnDemand");
    OnDemandThroughput none = OnDemandThroughput.builder().maxReadRequestUnits(0L).build();
    assertThatThrownBy(() -> create(onDemand().onDemandThroughput(none)))
        .hasMessageContaining("MaxReadRequestUnits must be at least 1");
    OnDemandThroughput one = OnDemandThroughput.builder().maxReadRequestUnits(1L).build();
    assertThatThrownBy(() ->
            create(
                CreateTableRequest.builder()
                    .provisionedThroughput(provisioned(1, 1))
                    .onDemandThroughput(one)))
        .hasMessageContaining("OnDemandThroughput can only be specified");
  }

  @Test
  void updateTableChangesWhatATableIsToBear() {
    DynamoTestTables.createIndexed(client, table, ALL);
    OnDemandThroughput most = OnDemandThroughput.builder().maxWriteRequestUnits(20L).build();
    GlobalSecondaryIndexUpdate ofIndex =
        GlobalSecondaryIndexUpdate.builder()
            .update(it -> it.indexName("by-g").warmThroughput(warm(14_000, 4_500)))
            .build();
    client.updateTable(it ->
        it.tableName(table)
            .onDemandThroughput(most)
            .warmThroughput(warm(13_000, 4_000))
            .tableClass(TableClass.STANDARD)
            .globalSecondaryIndexUpdates(ofIndex));
    assertThat(described().onDemandThroughput().maxReadRequestUnits()).isEqualTo(-1);
    assertThat(described().onDemandThroughput().maxWriteRequestUnits()).isEqualTo(20);
    assertThat(described().warmThroughput().readUnitsPerSecond()).isEqualTo(13_000);
    assertThat(described().tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD);
    var index = described().globalSecondaryIndexes().getFirst().warmThroughput();
    assertThat(index.readUnitsPerSecond()).isEqualTo(14_000);
    assertThatThrownBy(
            () -> client.updateTable(it -> it.tableName(table).warmThroughput(warm(12_500, 4_000))))
        .hasMessageContaining("decreasing WarmThroughput is not supported");
    OnDemandThroughput any = OnDemandThroughput.builder().maxWriteRequestUnits(-1L).build();
    client.updateTable(it -> it.tableName(table).onDemandThroughput(any));
    assertThat(described().onDemandThroughput()).isNull();
  }
}
