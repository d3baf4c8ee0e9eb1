package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The catalogue's entry for a backup: a JSON object with that of the table in it. Members that
/// this version does not know are passed over.
final class BackupRecord {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private BackupRecord() {}

  static byte[] bytes(Backup backup) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        write(json, backup);
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void write(JsonGenerator json, Backup backup) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    json.writeStringField("name", backup.name());
    json.writeStringField("kind", backup.kind().name());
    json.writeNumberField("created", backup.created().toEpochMilli());
    Instant expires = backup.expires();
    if (expires != null) {
      json.writeNumberField("expires", expires.toEpochMilli());
    }
    json.writeNumberField("blocks", backup.version());
    json.writeNumberField("items", backup.holds().items());
    json.writeNumberField("bytes", backup.holds().bytes());
    json.writeStringField("of", backup.table().name());
    json.writeFieldName("table");
    TableRecord.write(json, backup.table());
    json.writeEndObject();
  }

  /// @throws IllegalStateException if the bytes are not such a record, or of a later version
  static Backup read(String id, byte[] bytes) {
    Map<String, String> members = new HashMap<>();
    TableDescription table = null;
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        if (field.equals("table")) {
          table = TableRecord.read(member(members, "of"), json);
        } else if (json.currentToken().isStructStart()) {
          json.skipChildren();
        } else {
          members.put(field, json.getText());
        }
      }
    } catch (IOException damaged) {
      throw new IllegalStateException("the record of backup " + id + " is damaged", damaged);
    }
    return backup(id, members, Objects.requireNonNull(table, "table"));
  }

  private static Backup backup(String id, Map<String, String> members, TableDescription table) {
    if (number(members, "version") > VERSION) {
      throw new IllegalStateException(
          "backup " + id + " was written by a later version of Cloud Bevy");
    }
    @Nullable Instant expires =
        members.containsKey("expires") ? Instant.ofEpochMilli(number(members, "expires")) : null;
    return new Backup(
        id,
        member(members, "name"),
        Backup.Kind.valueOf(member(members, "kind")),
        Instant.ofEpochMilli(number(members, "created")),
        expires,
        table,
        number(members, "blocks"),
        new TableStatistics(number(members, "items"), number(members, "bytes")));
  }

  private static long number(Map<String, String> members, String name) {
    return Long.parseLong(member(members, name));
  }

  private static String member(Map<String, String> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }
}
