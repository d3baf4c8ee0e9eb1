package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The commands on tables, and what a backup has after `kill -9`.
class TableTravelTest {
  @TempDir private Path folder;

  private static void create(DynamoDbClient client) {
    client.createTable(it ->
        it.tableName("notes")
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build()));
  }

  /// The lines that a command prints.
  private static List<String> lines(BevyProcess bevy, String command) throws Exception {
    return bevy.bevy(command).requireSuccess().lines().sorted().toList();
  }

  @Test
  void aTableIsWrittenReadAndBroughtBackByCommands() throws Exception {
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      try (DynamoDbClient client = bevy.dynamo(bevy.environment())) {
        create(client);
      }
      bevy.bevy("table put notes '{\"id\":\"1\",\"n\":5}'").requireSuccess();
      assertThat(lines(bevy, "table list")).containsExactly("notes");
      assertThat(lines(bevy, "table get notes 1")).containsExactly("{\"id\":\"1\",\"n\":5}");
      assertThat(bevy.bevy("table get notes 2").output()).contains("has no item 2");
      Instant written = Instant.parse(lines(bevy, "table history notes").getFirst().split(" ")[0]);
      Instant then = Instant.ofEpochSecond(written.getEpochSecond() + 1);
      while (Instant.now().isBefore(then)) {
        bevy.bevy("table describe notes").requireSuccess();
      }
      bevy.bevy("table put notes '{\"id\":\"1\",\"n\":6}'").requireSuccess();
      bevy.bevy("table restore notes --to before --at " + then).requireSuccess();
      assertThat(lines(bevy, "table scan before")).containsExactly("{\"id\":\"1\",\"n\":5}");
      assertThat(lines(bevy, "table query notes 1")).containsExactly("{\"id\":\"1\",\"n\":6}");
    }
  }

  @Test
  void aBackupOfADeletedTableOutlivesAKill() throws Exception {
    String arn;
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"));
        DynamoDbClient client = bevy.dynamo(bevy.environment())) {
      create(client);
      for (int i = 0; i < 50; i++) {
        String id = Integer.toString(i);
        client.putItem(it -> it.tableName("notes").item(Map.of("id", AttributeValue.fromS(id))));
      }
      arn =
          client
              .createBackup(it -> it.tableName("notes").backupName("before"))
              .backupDetails()
              .backupArn();
      client.deleteTable(it -> it.tableName("notes"));
      bevy.kill();
    }
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"));
        DynamoDbClient client = bevy.dynamo(bevy.environment())) {
      client.restoreTableFromBackup(it -> it.backupArn(arn).targetTableName("again"));
      bevy.kill();
    }
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      while (bevy.bevy("table describe again").requireSuccess().contains("being restored")) {
        assertThat(bevy.alive()).isTrue();
      }
      assertThat(lines(bevy, "table scan again")).hasSize(50);
    }
  }
}
