package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.Restoration;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TableStatistics;
import cloud.bevy.services.tables.TableStream;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How tables are described in answers (API Reference, "TableDescription").
final class TableAnswer {
  /// The members of the requests that say what a table is to be.
  static final Shape.Member TABLE_NAME =
      Shape.text(
          "TableName",
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME),
          new Constraint.Matches(ItemShapes.NAME_PATTERN));

  /// The same where it is not forgotten with words of its own.
  static final Shape.Member NEEDED_TABLE_NAME =
      Shape.text(
          "TableName",
          new Constraint.NotNull(),
          new Constraint.Shortest(1),
          new Constraint.Longest(1024));

  static final Shape.Member SOME_INDEX_NAME =
      Shape.text(
          "IndexName",
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME),
          new Constraint.Matches(ItemShapes.NAME_PATTERN));

  static final Shape.Member BILLING_MODE =
      Shape.word("BillingMode", "PROVISIONED", "PAY_PER_REQUEST");
  static final Shape.Member PROVISIONED_THROUGHPUT =
      Shape.member(
          "ProvisionedThroughput",
          new Shape.Structure(
              "ProvisionedThroughput",
              Shape.whole(
                  "WriteCapacityUnits", new Constraint.NotNull(), new Constraint.AtLeast(1)),
              Shape.whole(
                  "ReadCapacityUnits", new Constraint.NotNull(), new Constraint.AtLeast(1))));

  private static final int MILLISECOND_DIGITS = 3;

  private TableAnswer() {}

  /// The table of a request that is about tables.
  ///
  /// @throws DynamoRefusal if there is none
  static String name(Parameters parameters) {
    if (!parameters.has("TableName")) {
      throw DynamoRefusal.validation(
          "The parameter 'TableName' is required but was not present in the request");
    }
    return parameters.tableName();
  }

  /// What a table is said to be doing: who asks is told that it is there, who changes it that the
  /// change is under way, as clients expect.
  enum Status {
    ACTIVE,
    CREATING,
    UPDATING,
    DELETING
  }

  /// How much a table and its indexes hold.
  interface Holdings {
    /// What the table holds.
    TableStatistics ofTable();

    /// What an index holds.
    TableStatistics of(SecondaryIndex index);
  }

  /// A table that holds nothing.
  static final Holdings EMPTY =
      new Holdings() {
        @Override
        public TableStatistics ofTable() {
          return new TableStatistics(0, 0);
        }

        @Override
        public TableStatistics of(SecondaryIndex index) {
          return new TableStatistics(0, 0);
        }
      };

  /// What a table holds now.
  static Holdings holdings(Table table) {
    return new Holdings() {
      @Override
      public TableStatistics ofTable() {
        return table.statistics();
      }

      @Override
      public TableStatistics of(SecondaryIndex index) {
        return table.statistics(index);
      }
    };
  }

  /// Writes the whole answer to who changes a table: one member with its description.
  static void write(DynamoCall call, Status status, TableDescription table, Holdings holds)
      throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeFieldName("TableDescription");
    describe(call, status, table, holds);
    json.writeEndObject();
  }

  /// Writes a table's description as a value.
  static void describe(DynamoCall call, Status status, TableDescription table, Holdings holds)
      throws IOException {
    JsonGenerator json = call.json();
    TableDefinition definition = table.definition();
    json.writeStartObject();
    writeIdentity(call, table);
    json.writeStringField("TableStatus", status.name());
    boolean deleting = status == Status.DELETING;
    if (!deleting) {
      json.writeNumberField("CreationDateTime", seconds(table.created()));
    }
    json.writeNumberField("ItemCount", holds.ofTable().items());
    json.writeNumberField("TableSizeBytes", holds.ofTable().bytes());
    json.writeBooleanField("DeletionProtectionEnabled", definition.deletionProtected());
    writeCapacity(json, table);
    // DynamoDB says no more of the keys and indexes of what is going.
    if (!deleting) {
      writeDefinitions(json, definition);
      writeKeys(json, definition.keys());
      IndexAnswer.write(call, status, table, holds);
    }
    writeRestoration(call, table.restoration());
    writeStream(call, definition);
    json.writeEndObject();
  }

  /// Writes the members that say which table it is.
  static void writeIdentity(DynamoCall call, TableDescription table) throws IOException {
    JsonGenerator json = call.json();
    json.writeStringField("TableName", table.name());
    json.writeStringField("TableArn", call.origin().arn(table.name()));
    json.writeStringField("TableId", id(table.incarnation()));
  }

  /// A moment as answers have it.
  static BigDecimal seconds(Instant moment) {
    return BigDecimal.valueOf(moment.toEpochMilli(), MILLISECOND_DIGITS);
  }

  private static void writeRestoration(DynamoCall call, @Nullable Restoration restoration)
      throws IOException {
    if (restoration == null) {
      return;
    }
    JsonGenerator json = call.json();
    json.writeObjectFieldStart("RestoreSummary");
    if (!restoration.backup().isEmpty()) {
      json.writeStringField(
          "SourceBackupArn", BackupShapes.arn(call, restoration.table(), restoration.backup()));
    }
    json.writeStringField("SourceTableArn", call.origin().arn(restoration.table()));
    json.writeNumberField("RestoreDateTime", seconds(restoration.moment()));
    json.writeBooleanField("RestoreInProgress", !restoration.done());
    json.writeEndObject();
  }

  /// Writes what the table's stream shows, if it is on, and what its latest is called.
  private static void writeStream(DynamoCall call, TableDefinition definition) throws IOException {
    JsonGenerator json = call.json();
    TableStream stream = definition.stream();
    if (stream != null) {
      json.writeObjectFieldStart("StreamSpecification");
      json.writeBooleanField("StreamEnabled", true);
      json.writeStringField("StreamViewType", stream.view().name());
      json.writeEndObject();
    }
    TableStream latest = definition.latestStream();
    if (latest != null) {
      json.writeStringField("LatestStreamLabel", latest.label());
      json.writeStringField(
          "LatestStreamArn", call.origin().streamArn(definition.name(), latest.label()));
    }
  }

  /// Writes the member that says of which types the key attributes are.
  static void writeDefinitions(JsonGenerator json, TableDefinition definition) throws IOException {
    Set<KeyAttribute> attributes = new LinkedHashSet<>(definition.keys().attributes());
    definition.indexes().forEach(index -> attributes.addAll(index.keys().attributes()));
    json.writeArrayFieldStart("AttributeDefinitions");
    for (KeyAttribute attribute : attributes) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("AttributeType", attribute.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Writes the member that says what a key is.
  static void writeKeys(JsonGenerator json, KeySchema keys) throws IOException {
    json.writeArrayFieldStart("KeySchema");
    for (KeyAttribute attribute : keys.attributes()) {
      boolean partition = keys.partitions().contains(attribute);
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("KeyType", partition ? "HASH" : "RANGE");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCapacity(JsonGenerator json, TableDescription table) throws IOException {
    Capacity capacity = table.definition().capacity();
    if (capacity.onDemand()) {
      json.writeObjectFieldStart("BillingModeSummary");
      json.writeStringField("BillingMode", "PAY_PER_REQUEST");
      json.writeNumberField("LastUpdateToPayPerRequestDateTime", seconds(table.created()));
      json.writeEndObject();
      json.writeObjectFieldStart("TableThroughputModeSummary");
      json.writeStringField("TableThroughputMode", "PAY_PER_REQUEST");
      json.writeEndObject();
    }
    if (!capacity.tableClass().isEmpty()) {
      json.writeObjectFieldStart("TableClassSummary");
      json.writeStringField("TableClass", capacity.tableClass());
      json.writeEndObject();
    }
    CapacityAnswer.write(json, capacity);
  }

  /// The id of a table.
  static String id(String incarnation) {
    return String.join(
        "-",
        incarnation.substring(0, 8),
        incarnation.substring(8, 12),
        incarnation.substring(12, 16),
        incarnation.substring(16, 20),
        incarnation.substring(20));
  }
}
