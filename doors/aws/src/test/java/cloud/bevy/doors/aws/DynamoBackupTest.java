package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.global;
import static cloud.bevy.doors.aws.DynamoTestTables.indexed;
import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.BackupType;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.InvalidRestoreTimeException;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableFromBackupRequest;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/// Backups and restores, as the AWS SDK for Java sees them.
final class DynamoBackupTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Projection ALL =
      Projection.builder().projectionType(ProjectionType.ALL).build();

  private String table;
  private String target;

  @BeforeEach
  void createTable() {
    table = "backed-" + TABLES.incrementAndGet();
    target = table + "-restored";
    DynamoTestTables.createIndexed(client, table, ALL);
  }

  private void put(String p, String g) {
    client.putItem(it -> it.tableName(table).item(indexed(p, 1, g, 1)));
  }

  private static List<Map<String, AttributeValue>> items(DynamoDbClient client, String name) {
    return client.scan(it -> it.tableName(name)).items();
  }

  private String backup(String name) {
    return client
        .createBackup(it -> it.tableName(table).backupName(name))
        .backupDetails()
        .backupArn();
  }

  private TableDescription restore(
      String arn, Consumer<RestoreTableFromBackupRequest.Builder> more) {
    client.restoreTableFromBackup(it -> {
      it.backupArn(arn).targetTableName(target);
      more.accept(it);
    });
    return active();
  }

  /// The restored table, when it is there.
  private TableDescription active() {
    TableDescription restored;
    do {
      restored = client.describeTable(it -> it.tableName(target)).table();
    } while (restored.tableStatus() == TableStatus.CREATING);
    return restored;
  }

  private ContinuousBackupsDescription continuous() {
    return client
        .describeContinuousBackups(it -> it.tableName(table))
        .continuousBackupsDescription();
  }

  private Instant latest() {
    return continuous().pointInTimeRecoveryDescription().latestRestorableDateTime();
  }

  private void recover(boolean enabled) {
    client.updateContinuousBackups(it ->
        it.tableName(table)
            .pointInTimeRecoverySpecification(point -> point.pointInTimeRecoveryEnabled(enabled)));
  }

  @Test
  void createBackupKeepsTheTableAsItIs() {
    put("a", "x");
    var details =
        client.createBackup(it -> it.tableName(table).backupName("first")).backupDetails();
    assertThat(details.backupName()).isEqualTo("first");
    assertThat(details.backupStatus()).isEqualTo(BackupStatus.AVAILABLE);
    assertThat(details.backupType()).isEqualTo(BackupType.USER);
    assertThat(details.backupSizeBytes()).isPositive();
    assertThat(details.backupArn()).contains("table/" + table + "/backup/");
    put("b", "x");
    restore(details.backupArn(), _ -> {});
    assertThat(items(client, target)).containsExactly(indexed("a", 1, "x", 1));
  }

  @Test
  void createBackupMayBeDoneTwiceWithOneName() {
    assertThat(backup("first")).isNotEqualTo(backup("first"));
  }

  @Test
  void createBackupOfATableThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> client.createBackup(it -> it.tableName("nowhere").backupName("first")))
        .isInstanceOf(TableNotFoundException.class)
        .hasMessageContaining("Table not found: nowhere");
  }

  @Test
  void createBackupRefusesNamesThatAreNone() {
    assertThatThrownBy(() -> backup("a b"))
        .hasMessageContaining("Value 'a b' at 'backupName' failed to satisfy constraint");
    assertThatThrownBy(() -> backup("ab")).hasMessageContaining("greater than or equal to 3");
  }

  @Test
  void createBackupIsNotForAKeyThatOnlyReads() {
    try (DynamoDbClient reader = server.clientOf(new AccessKeyLimits("", true, List.of()))) {
      assertThatThrownBy(() -> reader.createBackup(it -> it.tableName(table).backupName("first")))
          .hasMessageContaining("not for this operation");
      assertThat(reader.listBackups(it -> it.tableName(table)).backupSummaries()).isEmpty();
    }
  }

  @Test
  void describeBackupSaysWhatTheTableWas() {
    put("a", "x");
    String arn = backup("first");
    String id = client.describeTable(it -> it.tableName(table)).table().tableId();
    client.deleteTable(it -> it.tableName(table));
    BackupDescription described =
        client.describeBackup(it -> it.backupArn(arn)).backupDescription();
    assertThat(described.backupDetails().backupStatus()).isEqualTo(BackupStatus.AVAILABLE);
    var source = described.sourceTableDetails();
    assertThat(source.tableName()).isEqualTo(table);
    assertThat(source.tableId()).isEqualTo(id);
    assertThat(source.itemCount()).isEqualTo(1);
    assertThat(source.billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(source.keySchema()).isEqualTo(DynamoTestTables.keys("p", "s"));
    var features = described.sourceTableFeatureDetails();
    assertThat(features.globalSecondaryIndexes().getFirst().indexName()).isEqualTo("by-g");
    assertThat(features.localSecondaryIndexes().getFirst().keySchema())
        .isEqualTo(DynamoTestTables.keys("p", "n"));
  }

  @Test
  void describeBackupOfOneThatIsNotThereIsRefused() {
    String arn = backup("first");
    String other = arn.substring(0, arn.length() - 8) + "00000000";
    for (String none : List.of(other, arn.replace(table, "other"), "arn:" + "x".repeat(40))) {
      assertThatThrownBy(() -> client.describeBackup(it -> it.backupArn(none)))
          .isInstanceOf(BackupNotFoundException.class)
          .hasMessageContaining("Backup not found: " + none);
    }
  }

  @Test
  void deleteBackupTakesItAwayAndNothingElse() {
    put("a", "x");
    String arn = backup("first");
    String other = backup("second");
    client.deleteTable(it -> it.tableName(table));
    var deleted = client.deleteBackup(it -> it.backupArn(arn)).backupDescription();
    assertThat(deleted.backupDetails().backupStatus()).isEqualTo(BackupStatus.DELETED);
    assertThatThrownBy(() -> client.deleteBackup(it -> it.backupArn(arn)))
        .isInstanceOf(BackupNotFoundException.class);
    restore(other, _ -> {});
    assertThat(items(client, target)).hasSize(1);
  }

  private List<String> names(List<BackupSummary> backups) {
    return backups.stream().map(BackupSummary::backupName).toList();
  }

  @Test
  void listBackupsIsByTableTimeAndType() {
    backup("first");
    String arn = backup("second");
    assertThat(names(client.listBackups(it -> it.tableName(table)).backupSummaries()))
        .containsExactly("first", "second");
    assertThat(names(client.listBackups().backupSummaries())).contains("first", "second");
    Instant made =
        client
            .describeBackup(it -> it.backupArn(arn))
            .backupDescription()
            .backupDetails()
            .backupCreationDateTime();
    assertThat(
            client
                .listBackups(it -> it.tableName(table).timeRangeLowerBound(made.plusSeconds(1)))
                .backupSummaries())
        .isEmpty();
    assertThat(
            client
                .listBackups(it -> it.tableName(table).timeRangeUpperBound(made.plusSeconds(1)))
                .backupSummaries())
        .hasSize(2);
    assertThat(client.listBackups(it -> it.tableName(table).backupType("SYSTEM")).backupSummaries())
        .isEmpty();
  }

  @Test
  void listBackupsGoesByPages() {
    for (int i = 0; i < 5; i++) {
      backup("backup-" + i);
    }
    List<String> names = new ArrayList<>();
    String after = null;
    do {
      String start = after;
      var page =
          client.listBackups(it -> it.tableName(table).limit(2).exclusiveStartBackupArn(start));
      names.addAll(names(page.backupSummaries()));
      after = page.lastEvaluatedBackupArn();
    } while (after != null);
    assertThat(names).containsExactly("backup-0", "backup-1", "backup-2", "backup-3", "backup-4");
  }

  @Test
  void listBackupsHasWhatARecoverableTableHadWhenItWasDeleted() {
    put("a", "x");
    recover(true);
    client.deleteTable(it -> it.tableName(table));
    BackupSummary kept =
        client
            .listBackups(it -> it.tableName(table).backupType("ALL"))
            .backupSummaries()
            .getFirst();
    assertThat(kept.backupTypeAsString()).isEqualTo("SYSTEM");
    assertThat(kept.backupName()).isEqualTo(table + "$DeletedTableBackup");
    assertThat(kept.backupExpiryDateTime())
        .isEqualTo(kept.backupCreationDateTime().plusSeconds(35 * 24 * 60 * 60));
    restore(kept.backupArn(), _ -> {});
    assertThat(items(client, target)).hasSize(1);
  }

  @Test
  void restoreTableFromBackupHasItemsAndIndexesAndNotTagsExpiryOrProtection() {
    put("a", "x");
    put("b", "y");
    String tableArn = client.describeTable(it -> it.tableName(table)).table().tableArn();
    client.tagResource(
        it -> it.resourceArn(tableArn).tags(Tag.builder().key("k").value("v").build()));
    client.updateTable(it -> it.tableName(table).deletionProtectionEnabled(true));
    client.updateTimeToLive(it ->
        it.tableName(table).timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("e")));
    String arn = backup("first");
    TableDescription restored = restore(arn, _ -> {});
    assertThat(restored.deletionProtectionEnabled()).isFalse();
    assertThat(restored.itemCount()).isEqualTo(2);
    assertThat(restored.restoreSummary().sourceBackupArn()).isEqualTo(arn);
    assertThat(restored.restoreSummary().sourceTableArn()).isEqualTo(tableArn);
    assertThat(restored.restoreSummary().restoreInProgress()).isFalse();
    assertThat(client.listTagsOfResource(it -> it.resourceArn(restored.tableArn())).tags())
        .isEmpty();
    assertThat(
            client
                .describeTimeToLive(it -> it.tableName(target))
                .timeToLiveDescription()
                .attributeName())
        .isNull();
    for (String index : List.of("by-g", "by-n")) {
      String name = index.equals("by-g") ? "g" : "p";
      AttributeValue value = index.equals("by-g") ? s("x") : s("a");
      assertThat(
              client
                  .query(it ->
                      it.tableName(target)
                          .indexName(index)
                          .keyConditionExpression(name + " = :v")
                          .expressionAttributeValues(Map.of(":v", value)))
                  .items())
          .containsExactly(indexed("a", 1, "x", 1));
    }
  }

  @Test
  void restoreTableFromBackupMayLeaveIndexesOut() {
    put("a", "x");
    TableDescription restored =
        restore(backup("first"), it -> it.globalSecondaryIndexOverride(List.of()));
    assertThat(restored.hasGlobalSecondaryIndexes()).isFalse();
    assertThat(restored.localSecondaryIndexes()).hasSize(1);
    client.putItem(it -> it.tableName(target).item(indexed("b", 1, "y", 1)));
    assertThat(items(client, target)).hasSize(2);
  }

  @Test
  void restoreTableFromBackupRefusesAnIndexThatTheTableHadNot() {
    String arn = backup("first");
    for (var other : List.of(global("by-x", ALL), global("by-g", keysOnly()))) {
      assertThatThrownBy(() -> restore(arn, it -> it.globalSecondaryIndexOverride(other)))
          .hasMessageContaining("does not match an index of the source table: ")
          .hasMessageContaining(other.indexName());
    }
  }

  private static Projection keysOnly() {
    return Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
  }

  @Test
  void restoreTableFromBackupMayChangeTheThroughput() {
    ProvisionedThroughput units =
        ProvisionedThroughput.builder().readCapacityUnits(3L).writeCapacityUnits(4L).build();
    String arn = backup("first");
    assertThatThrownBy(() -> restore(arn, it -> it.billingModeOverride(BillingMode.PROVISIONED)))
        .hasMessageContaining("must both be specified when BillingMode is PROVISIONED");
    assertThatThrownBy(() ->
            restore(
                arn,
                it ->
                    it.billingModeOverride(BillingMode.PROVISIONED)
                        .provisionedThroughputOverride(units)))
        .hasMessageContaining("ProvisionedThroughput must be specified for index: by-g");
    TableDescription restored =
        restore(
            arn,
            it ->
                it.billingModeOverride(BillingMode.PROVISIONED)
                    .provisionedThroughputOverride(units)
                    .globalSecondaryIndexOverride(
                        global("by-g", ALL).toBuilder().provisionedThroughput(units).build()));
    assertThat(restored.provisionedThroughput().writeCapacityUnits()).isEqualTo(4);
    assertThat(
            restored
                .globalSecondaryIndexes()
                .getFirst()
                .provisionedThroughput()
                .readCapacityUnits())
        .isEqualTo(3);
  }

  @Test
  void restoreTableFromBackupRefusesATableThatIsThere() {
    String arn = backup("first");
    target = table;
    assertThatThrownBy(() -> restore(arn, _ -> {}))
        .isInstanceOf(TableAlreadyExistsException.class)
        .hasMessageContaining("Table already exists: " + table);
    assertThatThrownBy(() -> restore(arn.replace(table, "none"), _ -> {}))
        .isInstanceOf(BackupNotFoundException.class);
  }

  @Test
  void restoreTableFromBackupSaysThatItIsUnderWay() {
    String arn = backup("first");
    TableDescription begun =
        client
            .restoreTableFromBackup(it -> it.backupArn(arn).targetTableName(target))
            .tableDescription();
    assertThat(begun.tableStatus()).isEqualTo(TableStatus.CREATING);
    assertThat(begun.restoreSummary().restoreInProgress()).isTrue();
    assertThat(active().tableStatus()).isEqualTo(TableStatus.ACTIVE);
  }

  @Test
  void updateContinuousBackupsIsForHowManyDaysOneLikes() {
    var enabled =
        client
            .updateContinuousBackups(it ->
                it.tableName(table)
                    .pointInTimeRecoverySpecification(
                        point -> point.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(7)))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    assertThat(enabled.recoveryPeriodInDays()).isEqualTo(7);
    assertThat(enabled.pointInTimeRecoveryStatus()).isEqualTo(PointInTimeRecoveryStatus.ENABLED);
    assertThatThrownBy(() ->
            client.updateContinuousBackups(it ->
                it.tableName(table)
                    .pointInTimeRecoverySpecification(
                        point -> point.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(36))))
        .hasMessageContaining("less than or equal to 35");
    assertThatThrownBy(() ->
            client.updateContinuousBackups(it ->
                it.tableName("nowhere")
                    .pointInTimeRecoverySpecification(
                        point -> point.pointInTimeRecoveryEnabled(true))))
        .isInstanceOf(TableNotFoundException.class);
  }

  @Test
  void describeContinuousBackupsSaysToWhichSecondsATableCanBeRestored() {
    assertThat(continuous().continuousBackupsStatusAsString()).isEqualTo("ENABLED");
    assertThat(continuous().pointInTimeRecoveryDescription().pointInTimeRecoveryStatus())
        .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    recover(true);
    var point = continuous().pointInTimeRecoveryDescription();
    assertThat(point.recoveryPeriodInDays()).isEqualTo(35);
    assertThat(point.earliestRestorableDateTime())
        .isBeforeOrEqualTo(point.latestRestorableDateTime());
    recover(false);
    assertThat(continuous().pointInTimeRecoveryDescription().earliestRestorableDateTime()).isNull();
  }

  @Test
  void restoreTableToPointInTimeHasWhatWasThereAtTheBeginningOfASecond() {
    recover(true);
    put("a", "x");
    Instant written = latest();
    Instant moment = latest();
    while (!moment.isAfter(written)) {
      moment = latest();
    }
    client.deleteItem(it -> it.tableName(table).key(key("a", 1)));
    put("b", "x");
    Instant as = moment;
    client.restoreTableToPointInTime(
        it -> it.sourceTableName(table).targetTableName(target).restoreDateTime(as));
    TableDescription restored = active();
    assertThat(restored.restoreSummary().restoreDateTime()).isEqualTo(as);
    assertThat(items(client, target)).containsExactly(indexed("a", 1, "x", 1));
  }

  @Test
  void restoreTableToPointInTimeHasEverythingIfTheLatestIsWanted() {
    recover(true);
    put("a", "x");
    String arn = client.describeTable(it -> it.tableName(table)).table().tableArn();
    client.restoreTableToPointInTime(
        it -> it.sourceTableArn(arn).targetTableName(target).useLatestRestorableTime(true));
    assertThat(active().globalSecondaryIndexes()).hasSize(1);
    assertThat(items(client, target)).hasSize(1);
    assertThat(items(client, target).getFirst()).containsEntry("n", n(1));
  }

  @Test
  void restoreTableToPointInTimeRefusesWhatIsNotRecoverable() {
    assertThatThrownBy(() -> restoreTo(table, Instant.now()))
        .isInstanceOf(PointInTimeRecoveryUnavailableException.class)
        .hasMessageContaining("not enabled for table '" + table + "'");
    recover(true);
    for (long away : List.of(-100L, 100L, -Long.MAX_VALUE / 2_000_000_000)) {
      assertThatThrownBy(() -> restoreTo(table, Instant.now().plusSeconds(away)))
          .isInstanceOf(InvalidRestoreTimeException.class);
    }
    assertThatThrownBy(() -> restoreTo("nowhere", Instant.now()))
        .isInstanceOf(TableNotFoundException.class);
    assertThatThrownBy(() ->
            client.restoreTableToPointInTime(
                it -> it.sourceTableName(table).targetTableName(target)))
        .hasMessageContaining("RestoreDateTime or UseLatestRestorableTime must be specified");
    assertThatThrownBy(() ->
            client.restoreTableToPointInTime(
                it -> it.targetTableName(target).useLatestRestorableTime(true)))
        .hasMessageContaining("SourceTableName or SourceTableArn must be specified");
  }

  private void restoreTo(String source, Instant moment) {
    client.restoreTableToPointInTime(
        it -> it.sourceTableName(source).targetTableName(target).restoreDateTime(moment));
  }
}
