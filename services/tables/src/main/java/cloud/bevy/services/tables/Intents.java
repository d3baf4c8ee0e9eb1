package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Transactions of several tables that have been decided: entries of the catalogue, there from
/// before the first table is written to until after the last.
final class Intents {
  private static final String INTENT = "transaction:";
  private static final int NAME_BYTES = 16;
  private static final JsonFactory JSON = new JsonFactory();

  private final Cloud cloud;
  private final Bee catalogue;

  Intents(Cloud cloud, Bee catalogue) {
    this.cloud = cloud;
    this.catalogue = catalogue;
  }

  /// Writes a transaction down, durably.
  ///
  /// @return its name
  String write(List<Intent> intents) {
    String name = INTENT + HexFormat.of().formatHex(cloud.world().chance().bytes(NAME_BYTES));
    Ticket ticket = catalogue.put(bytes(name), bytes(intents));
    boolean durable = false;
    try {
      cloud.durable(ticket);
      durable = true;
    } finally {
      if (!durable) {
        forget(name);
      }
    }
    return name;
  }

  /// Takes a transaction out that is durable everywhere, or appended nowhere. Nobody waits for
  /// that: where it is done, the tables' versions tell.
  void forget(String name) {
    catalogue.delete(bytes(name));
  }

  /// Does what is left of transactions that were under way when the program ended.
  void recover(Consumer<Intent> apply) {
    BeeCursor cursor = catalogue.now().range(Range.prefix(bytes(INTENT)));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      read(entry.value()).forEach(apply);
      cloud.durable(catalogue.delete(entry.key()));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(List<Intent> intents) {
    try (ByteArrayBuilder out = new ByteArrayBuilder()) {
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartArray();
        for (Intent intent : intents) {
          write(json, intent);
        }
        json.writeEndArray();
      }
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void write(JsonGenerator json, Intent intent) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", intent.table());
    json.writeStringField("incarnation", intent.incarnation());
    json.writeNumberField("version", intent.version());
    json.writeArrayFieldStart("writes");
    for (Intent.Write write : intent.writes()) {
      json.writeBinary(write.key());
      byte[] item = write.json();
      if (item == null) {
        json.writeNull();
      } else {
        json.writeBinary(item);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static List<Intent> read(byte[] bytes) {
    List<Intent> intents = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        intents.add(read(json));
      }
    } catch (IOException damaged) {
      throw new IllegalStateException("a transaction of several tables is damaged", damaged);
    }
    return intents;
  }

  private static Intent read(JsonParser json) throws IOException {
    Map<String, String> members = new HashMap<>();
    List<Intent.Write> writes = new ArrayList<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          byte[] key = json.getBinaryValue();
          boolean deleted = json.nextToken() == JsonToken.VALUE_NULL;
          writes.add(new Intent.Write(key, deleted ? null : json.getBinaryValue()));
        }
      } else {
        members.put(field, json.getText());
      }
    }
    return new Intent(
        member(members, "table"),
        member(members, "incarnation"),
        Long.parseLong(member(members, "version")),
        writes);
  }

  private static String member(Map<String, String> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }
}
