package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The catalogue's entry for a table: a JSON object. Members that this version does not know are
/// passed over, so that an older program can still read what a newer one added.
final class TableRecord {
  static final int VERSION = 1;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String TAG = "tag:";

  private TableRecord() {}

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

  private static void write(JsonGenerator json, TableDescription table) throws IOException {
    TableDefinition definition = table.definition();
    KeyAttribute sort = definition.keys().sort();
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    json.writeStringField("incarnation", table.incarnation());
    json.writeNumberField("created", table.created().toEpochMilli());
    json.writeStringField("partition", text(definition.keys().partition()));
    if (sort != null) {
      json.writeStringField("sort", text(sort));
    }
    if (!definition.capacity().onDemand()) {
      json.writeNumberField("read", definition.capacity().read());
      json.writeNumberField("write", definition.capacity().write());
    }
    json.writeBooleanField("protected", definition.deletionProtected());
    for (Map.Entry<String, String> tag : definition.tags().entrySet()) {
      json.writeStringField(TAG + tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
  }

  /// @throws IllegalStateException if the bytes are not such a record, or of a later version
  static TableDescription read(String name, byte[] bytes) {
    Map<String, String> members = new HashMap<>();
    Map<String, String> tags = new TreeMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.START_OBJECT
            || json.currentToken() == JsonToken.START_ARRAY) {
          json.skipChildren();
        } else if (field.startsWith(TAG)) {
          tags.put(field.substring(TAG.length()), json.getText());
        } else {
          members.put(field, json.getText());
        }
      }
    } catch (IOException damaged) {
      throw new IllegalStateException("the record of table \"" + name + "\" is damaged", damaged);
    }
    return description(name, members, tags);
  }

  private static TableDescription description(
      String name, Map<String, String> members, Map<String, String> tags) {
    if (Integer.parseInt(member(members, "version")) > VERSION) {
      throw new IllegalStateException(
          "table \"" + name + "\" was written by a later version of Cloud Bevy");
    }
    String sort = members.get("sort");
    KeySchema keys =
        new KeySchema(
            attribute(member(members, "partition")), sort == null ? null : attribute(sort));
    Capacity capacity =
        members.containsKey("read")
            ? Capacity.provisioned(
                Long.parseLong(member(members, "read")), Long.parseLong(member(members, "write")))
            : Capacity.ON_DEMAND;
    boolean deletionProtected = Boolean.parseBoolean(member(members, "protected"));
    return new TableDescription(
        new TableDefinition(name, keys, capacity, deletionProtected, tags),
        member(members, "incarnation"),
        Instant.ofEpochMilli(Long.parseLong(member(members, "created"))));
  }

  private static String member(Map<String, String> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  /// The type first, because a name may hold any character: `N:age`.
  private static String text(KeyAttribute attribute) {
    return attribute.type() + ":" + attribute.name();
  }

  private static KeyAttribute attribute(String text) {
    return new KeyAttribute(text.substring(2), KeyType.valueOf(text.substring(0, 1)));
  }
}
