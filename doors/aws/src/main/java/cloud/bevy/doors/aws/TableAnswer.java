package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TableStatistics;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;

/// How tables are described in answers (API Reference, "TableDescription").
final class TableAnswer {
  /// The members of the requests that say what a table is to be.
  static final Shape.Member TABLE_NAME =
      Shape.text(
          "TableName",
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

  /// Writes the whole answer: one member with a table's description.
  static void write(DynamoCall call, Status status, TableDescription table, TableStatistics holds)
      throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeObjectFieldStart(status == Status.ACTIVE ? "Table" : "TableDescription");
    json.writeStringField("TableName", table.name());
    json.writeStringField("TableArn", call.origin().arn(table.name()));
    json.writeStringField("TableId", id(table.incarnation()));
    json.writeStringField("TableStatus", status.name());
    json.writeNumberField(
        "CreationDateTime", BigDecimal.valueOf(table.created().toEpochMilli(), MILLISECOND_DIGITS));
    json.writeNumberField("ItemCount", holds.items());
    json.writeNumberField("TableSizeBytes", holds.bytes());
    json.writeBooleanField("DeletionProtectionEnabled", table.definition().deletionProtected());
    writeKeys(json, table);
    writeCapacity(json, table);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeKeys(JsonGenerator json, TableDescription table) throws IOException {
    json.writeArrayFieldStart("AttributeDefinitions");
    for (KeyAttribute attribute : table.definition().keys().attributes()) {
      json.writeStartObject();
      json.writeStringField("AttributeName", attribute.name());
      json.writeStringField("AttributeType", attribute.type().name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("KeySchema");
    for (KeyAttribute attribute : table.definition().keys().attributes()) {
      boolean partition = attribute.equals(table.definition().keys().partition());
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
      json.writeNumberField(
          "LastUpdateToPayPerRequestDateTime",
          BigDecimal.valueOf(table.created().toEpochMilli(), MILLISECOND_DIGITS));
      json.writeEndObject();
      json.writeObjectFieldStart("TableThroughputModeSummary");
      json.writeStringField("TableThroughputMode", "PAY_PER_REQUEST");
      json.writeEndObject();
    }
    json.writeObjectFieldStart("ProvisionedThroughput");
    json.writeNumberField("NumberOfDecreasesToday", 0);
    json.writeNumberField("ReadCapacityUnits", capacity.read());
    json.writeNumberField("WriteCapacityUnits", capacity.write());
    json.writeEndObject();
  }

  private static String id(String incarnation) {
    return String.join(
        "-",
        incarnation.substring(0, 8),
        incarnation.substring(8, 12),
        incarnation.substring(12, 16),
        incarnation.substring(16, 20),
        incarnation.substring(20));
  }
}
