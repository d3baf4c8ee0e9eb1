package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.IndexProjection;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDescription;
import cloud.bevy.services.tables.TableStatistics;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// How the indexes of a table are described in its description.
final class IndexAnswer {
  private IndexAnswer() {}

  /// Writes the members that list them; none where there are none.
  static void write(
      DynamoCall call,
      TableAnswer.Status status,
      TableDescription table,
      TableAnswer.Holdings holds)
      throws IOException {
    Owner owner = new Owner(table.name(), status);
    write(
        call,
        "LocalSecondaryIndexes",
        of(table, false),
        index -> describe(call, owner, index, holds.of(index)));
    write(
        call,
        "GlobalSecondaryIndexes",
        of(table, true),
        index -> describe(call, owner, index, holds.of(index)));
  }

  private interface Description {
    void write(SecondaryIndex index) throws IOException;
  }

  private static List<SecondaryIndex> of(TableDescription table, boolean global) {
    return table.definition().indexes().stream().filter(index -> index.global() == global).toList();
  }

  private static void write(
      DynamoCall call, String member, List<SecondaryIndex> indexes, Description description)
      throws IOException {
    if (indexes.isEmpty()) {
      return;
    }
    call.json().writeArrayFieldStart(member);
    for (SecondaryIndex index : indexes) {
      description.write(index);
    }
    call.json().writeEndArray();
  }

  /// What an index is part of.
  private record Owner(String table, TableAnswer.Status status) {}

  private static void describe(
      DynamoCall call, Owner owner, SecondaryIndex index, TableStatistics holds)
      throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    json.writeStringField("IndexName", index.name());
    TableAnswer.writeKeys(json, index.keys());
    writeProjection(json, index.projection());
    if (index.global()) {
      boolean creating = owner.status() == TableAnswer.Status.CREATING || index.building();
      json.writeStringField("IndexStatus", creating ? "CREATING" : "ACTIVE");
      if (index.building()) {
        json.writeBooleanField("Backfilling", true);
      }
      CapacityAnswer.write(json, index.capacity());
    }
    json.writeNumberField("IndexSizeBytes", holds.bytes());
    json.writeNumberField("ItemCount", holds.items());
    json.writeStringField("IndexArn", call.origin().arn(owner.table()) + "/index/" + index.name());
    json.writeEndObject();
  }

  /// Writes the member that says what an index answers.
  static void writeProjection(JsonGenerator json, IndexProjection projection) throws IOException {
    json.writeObjectFieldStart("Projection");
    json.writeStringField("ProjectionType", projection.kind().name());
    if (!projection.attributes().isEmpty()) {
      json.writeArrayFieldStart("NonKeyAttributes");
      for (String attribute : projection.attributes()) {
        json.writeString(attribute);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
