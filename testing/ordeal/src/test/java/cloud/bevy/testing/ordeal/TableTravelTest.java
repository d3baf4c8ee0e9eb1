package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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
import software.amazon.awssdk.services.s3.S3Client;

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
  void aTableIsCarriedToAFileAndABucketAndBackByCommands() throws Exception {
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      try (S3Client client = bevy.s3(bevy.environment())) {
        client.createBucket(it -> it.bucket("exports"));
      }
      Path csv = Files.writeString(folder.resolve("notes.csv"), "id,n,text\n1,5,\"a, b\"\n2,6,c\n");
      bevy.bevy("table import notes " + csv + " --key id:S,n:N --format csv").requireSuccess();
      List<String> items = lines(bevy, "table scan notes");
      assertThat(items).hasSize(2).first().asString().contains("\"n\":5", "\"text\":\"a, b\"");
      Path file = folder.resolve("notes.json.gz");
      bevy.bevy("table export notes " + file).requireSuccess();
      bevy.bevy("table import copy " + file + " --key id:S,n:N").requireSuccess();
      assertThat(bevy.bevy("table export copy s3://exports/all").requireSuccess())
          .contains("Exported 2 items");
      bevy.bevy("table import third s3://exports/all/AWSDynamoDB/ --key id:S,n:N").requireSuccess();
      assertThat(lines(bevy, "table scan third")).isEqualTo(items);
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
