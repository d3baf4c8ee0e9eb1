package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a table's record says of one of its indexes, and what both say in the same way: keys and
/// capacity.
final class IndexRecord {
  private IndexRecord() {}

  static void write(JsonGenerator json, SecondaryIndex index) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", index.name());
    json.writeStringField("id", index.id());
    json.writeBooleanField("global", index.global());
    json.writeBooleanField("building", index.building());
    writeKeys(json, index.keys());
    writeCapacity(json, index.capacity());
    json.writeStringField("projection", index.projection().kind().name());
    json.writeArrayFieldStart("attributes");
    for (String attribute : index.projection().attributes()) {
      json.writeString(attribute);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static SecondaryIndex read(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    List<String> attributes = new ArrayList<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          attributes.add(json.getText());
        }
      } else {
        members.put(field, json.getText());
      }
    }
    IndexProjection.Kind kind = IndexProjection.Kind.valueOf(member(members, "projection"));
    return new SecondaryIndex(
        member(members, "name"),
        Boolean.parseBoolean(member(members, "global")),
        keys(members),
        new IndexProjection(kind, attributes),
        capacity(members),
        member(members, "id"),
        Boolean.parseBoolean(member(members, "building")));
  }

  static void writeKeys(JsonGenerator json, KeySchema keys) throws IOException {
    writeKey(json, "partition", keys.partitions());
    writeKey(json, "sort", keys.sorts());
  }

  /// Attributes behind the first are `sort2` and so on.
  private static void writeKey(JsonGenerator json, String name, List<KeyAttribute> attributes)
      throws IOException {
    for (int at = 0; at < attributes.size(); at++) {
      json.writeStringField(member(name, at), text(attributes.get(at)));
    }
  }

  private static List<KeyAttribute> key(Map<String, String> members, String name) {
    List<KeyAttribute> attributes = new ArrayList<>();
    String text = members.get(name);
    while (text != null) {
      attributes.add(attribute(text));
      text = members.get(member(name, attributes.size()));
    }
    return attributes;
  }

  private static String member(String name, int at) {
    return at == 0 ? name : name + (at + 1);
  }

  static void writeCapacity(JsonGenerator json, Capacity capacity) throws IOException {
    if (!capacity.onDemand()) {
      json.writeNumberField("read", capacity.read());
      json.writeNumberField("write", capacity.write());
    }
    writeUnits(json, "most", capacity.most());
    writeUnits(json, "warm", capacity.warm());
    if (!capacity.tableClass().isEmpty()) {
      json.writeStringField("class", capacity.tableClass());
    }
  }

  private static void writeUnits(JsonGenerator json, String name, Capacity.Units units)
      throws IOException {
    if (!units.equals(Capacity.Units.NONE)) {
      json.writeNumberField(name + "Read", units.read());
      json.writeNumberField(name + "Write", units.write());
    }
  }

  static KeySchema keys(Map<String, String> members) {
    return new KeySchema(key(members, "partition"), key(members, "sort"));
  }

  static Capacity capacity(Map<String, String> members) {
    Capacity capacity =
        members.containsKey("read")
            ? Capacity.provisioned(
                Long.parseLong(member(members, "read")), Long.parseLong(member(members, "write")))
            : Capacity.ON_DEMAND;
    return capacity
        .withMost(units(members, "most"))
        .withWarm(units(members, "warm"))
        .withTableClass(members.getOrDefault("class", ""));
  }

  private static Capacity.Units units(Map<String, String> members, String name) {
    return members.containsKey(name + "Read")
        ? new Capacity.Units(
            Long.parseLong(member(members, name + "Read")),
            Long.parseLong(member(members, name + "Write")))
        : Capacity.Units.NONE;
  }

  /// The type first, because a name may hold any character: `N:age`.
  private static String text(KeyAttribute attribute) {
    return attribute.type() + ":" + attribute.name();
  }

  private static KeyAttribute attribute(String text) {
    return new KeyAttribute(text.substring(2), KeyType.valueOf(text.substring(0, 1)));
  }

  private static String member(Map<String, String> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }
}
