package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The catalogue's entry for a table: a JSON object. Members that this version does not know are
/// passed over, so that an older program can still read what a newer one added.
final class TableRecord {
  static final int VERSION = 2;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String TAG = "tag:";
  private static final String INDEXES = "indexes";
  private static final String REMOVED = "removed";
  private static final String STREAMS = "streams";

  private final String name;
  private final Map<String, String> members = new HashMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final List<SecondaryIndex> indexes = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<TableStream> streams = new ArrayList<>();

  private TableRecord(String name) {
    this.name = name;
  }

  static byte[] bytes(TableDescription table) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        write(json, table);
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static void write(JsonGenerator json, TableDescription table) throws IOException {
    TableDefinition definition = table.definition();
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    json.writeStringField("incarnation", table.incarnation());
    json.writeNumberField("created", table.created().toEpochMilli());
    IndexRecord.writeKeys(json, definition.keys());
    IndexRecord.writeCapacity(json, definition.capacity());
    json.writeBooleanField("protected", definition.deletionProtected());
    for (Map.Entry<String, String> tag : definition.tags().entrySet()) {
      json.writeStringField(TAG + tag.getKey(), tag.getValue());
    }
    json.writeArrayFieldStart(INDEXES);
    for (SecondaryIndex index : definition.indexes()) {
      IndexRecord.write(json, index);
    }
    json.writeEndArray();
    json.writeArrayFieldStart(REMOVED);
    for (String id : table.removed()) {
      json.writeString(id);
    }
    json.writeEndArray();
    json.writeArrayFieldStart(STREAMS);
    for (TableStream stream : definition.streams()) {
      StreamRecord.write(json, stream);
    }
    json.writeEndArray();
    TimeToLive timeToLive = definition.timeToLive();
    if (timeToLive != null) {
      json.writeStringField("expires", timeToLive.attribute());
      json.writeStringField("expiresId", timeToLive.id());
      json.writeBooleanField("expiresBuilding", timeToLive.building());
    }
    writePast(json, table);
    json.writeEndObject();
  }

  private static void writePast(JsonGenerator json, TableDescription table) throws IOException {
    Recovery recovery = table.recovery();
    if (recovery != null) {
      json.writeNumberField("recoverySince", recovery.since().toEpochMilli());
      json.writeNumberField("recoveryDays", recovery.days());
    }
    String importing = table.importing();
    if (importing != null) {
      json.writeStringField("importing", importing);
    }
    Restoration restoration = table.restoration();
    if (restoration != null) {
      json.writeStringField("restoredFrom", restoration.incarnation());
      json.writeStringField("restoredTable", restoration.table());
      json.writeNumberField("restoredVersion", restoration.version());
      json.writeNumberField("restoredMoment", restoration.moment().toEpochMilli());
      json.writeStringField("restoredBackup", restoration.backup());
      json.writeBooleanField("restored", restoration.done());
    }
  }

  /// @throws IllegalStateException if the bytes are not such a record, or of another version
  static TableDescription read(String name, byte[] bytes) {
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      return read(name, json);
    } catch (IOException damaged) {
      throw new IllegalStateException("the record of table \"" + name + "\" is damaged", damaged);
    }
  }

  /// Reads a record that has begun.
  static TableDescription read(String name, JsonParser json) throws IOException {
    TableRecord record = new TableRecord(name);
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      record.member(json, field);
    }
    return record.description();
  }

  private void member(JsonParser json, String field) throws IOException {
    if (field.equals(INDEXES)) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        indexes.add(IndexRecord.read(json));
      }
    } else if (field.equals(STREAMS)) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        streams.add(StreamRecord.read(json));
      }
    } else if (field.equals(REMOVED)) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        removed.add(json.getText());
      }
    } else if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else if (field.startsWith(TAG)) {
      tags.put(field.substring(TAG.length()), json.getText());
    } else {
      members.put(field, json.getText());
    }
  }

  private TableDescription description() {
    int version = Integer.parseInt(member("version"));
    if (version > VERSION) {
      throw new IllegalStateException(
          "table \"" + name + "\" was written by a later version of Cloud Bevy");
    }
    if (version < VERSION) {
      throw new IllegalStateException(
          "table \""
              + name
              + "\" was written before the first release of Cloud Bevy, in another"
              + " form: delete it and load it anew");
    }
    TableDefinition definition =
        new TableDefinition(
            name,
            IndexRecord.keys(members),
            IndexRecord.capacity(members),
            Boolean.parseBoolean(member("protected")),
            tags,
            indexes,
            timeToLive(),
            streams);
    return new TableDescription(
        definition,
        member("incarnation"),
        moment("created"),
        removed,
        recovery(),
        restoration(),
        members.get("importing"));
  }

  private @Nullable Recovery recovery() {
    return members.containsKey("recoverySince")
        ? new Recovery(moment("recoverySince"), Integer.parseInt(member("recoveryDays")))
        : null;
  }

  private @Nullable Restoration restoration() {
    return members.containsKey("restoredFrom")
        ? new Restoration(
            member("restoredFrom"),
            member("restoredTable"),
            Long.parseLong(member("restoredVersion")),
            moment("restoredMoment"),
            member("restoredBackup"),
            Boolean.parseBoolean(member("restored")))
        : null;
  }

  private Instant moment(String member) {
    return Instant.ofEpochMilli(Long.parseLong(member(member)));
  }

  private @Nullable TimeToLive timeToLive() {
    return members.containsKey("expires")
        ? new TimeToLive(
            member("expires"), member("expiresId"), Boolean.parseBoolean(member("expiresBuilding")))
        : null;
  }

  private String member(String member) {
    return Objects.requireNonNull(members.get(member), member);
  }
}
