package cloud.bevy.product.cli;

import cloud.bevy.doors.aws.ItemFile;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.ItemJson;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.TableDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the items of a file into a table, many at once.
final class ItemWriter {
  private static final int MOST_AT_ONCE = 25;

  private final TableClient client;
  private final String table;
  private final List<TableClient.KeyPart> keys;

  /// What is to be written, by the keys: of several with one key the last counts.
  private final Map<String, Map<String, Object>> batch = new LinkedHashMap<>();

  private long count;

  ItemWriter(TableClient client, String table) throws IOException {
    this.client = client;
    this.table = table;
    keys = client.keys(table, "");
  }

  /// How many were written.
  long count() {
    return count;
  }

  /// Writes lines of JSON: an item each, plain, or as DynamoDB exports it.
  void json(InputStream bytes) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        Map<String, Object> item = object(line);
        boolean typed = item.size() == 1 && item.get("Item") instanceof Map<?, ?>;
        Map<?, ?> members = typed && item.get("Item") instanceof Map<?, ?> inner ? inner : item;
        put(typed ? PlainItem.asItIs(members) : PlainItem.typed(members));
      }
    }
    flush();
  }

  private Map<String, Object> object(String line) throws IOException {
    try {
      return Json.readExactly(line);
    } catch (IOException malformed) {
      throw refused("line " + (count + batch.size() + 1) + " is no JSON object");
    }
  }

  /// Writes comma-separated values.
  void csv(InputStream bytes) throws IOException {
    ItemFile file = ItemFile.csv(bytes, TableDefinition.of(table, schema()));
    for (Optional<ImportedRecord> next = file.next(); next.isPresent(); next = file.next()) {
      switch (next.get()) {
        case ImportedRecord.Parsed(var item) ->
            put(Json.readExactly(new String(ItemJson.bytes(item), StandardCharsets.UTF_8)));
        case ImportedRecord.Broken(String reason) ->
            throw refused("row " + (count + batch.size() + 1) + ": " + reason);
      }
    }
    flush();
  }

  private KeySchema schema() {
    List<KeyAttribute> attributes =
        keys.stream()
            .map(part -> new KeyAttribute(part.name(), KeyType.valueOf(part.type())))
            .toList();
    return new KeySchema(
        attributes.getFirst(), attributes.size() < 2 ? null : attributes.getLast());
  }

  private CommandFault refused(String why) {
    return new CommandFault(
        ExitCode.FAILED, why, count + " items before it are in table \"" + table + "\"");
  }

  private void put(Map<String, Object> item) throws IOException {
    Map<String, Object> key = new LinkedHashMap<>();
    for (TableClient.KeyPart part : keys) {
      key.put(part.name(), item.get(part.name()));
    }
    boolean again = batch.remove(Json.line(key)) != null;
    batch.put(Json.line(key), item);
    count += again ? 1 : 0;
    if (batch.size() == MOST_AT_ONCE) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (!batch.isEmpty()) {
      List<?> requests =
          batch.values().stream().map(item -> Map.of("PutRequest", Map.of("Item", item))).toList();
      client.call("BatchWriteItem", Map.of("RequestItems", Map.of(table, requests)));
      count += batch.size();
      batch.clear();
    }
  }
}
