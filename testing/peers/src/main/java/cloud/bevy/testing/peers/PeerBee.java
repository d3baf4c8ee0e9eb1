package cloud.bevy.testing.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bee of a [Peer]. Keys and values are text.
public final class PeerBee {
  private final Thing thing;
  private final byte[] key;

  PeerBee(Peer peer, String as, JsonNode opened) {
    this.thing = new Thing(peer, as);
    this.key = HexFormat.of().parseHex(opened.get("key").asText());
  }

  /// An entry, as it was written.
  ///
  /// @param sequence of the block that has it
  public record Entry(long sequence, String key, String value) {
    static Entry of(JsonNode said) {
      return new Entry(
          said.get("seq").asLong(), said.get("key").asText(), said.path("value").asText(""));
    }
  }

  /// The key from which it is read.
  public byte[] key() {
    return key.clone();
  }

  /// How many blocks it has.
  public long version() {
    return thing.ask("bee.info").get("version").asLong();
  }

  /// Asks the others how long it is, until it has that many blocks. More than once, as it may not
  /// have reached the others when they are first asked.
  ///
  /// @return how many blocks it has then
  public long awaitVersion(long version) {
    return thing.awaitVersion("bee.update", version);
  }

  /// Writes entries, and deletes those whose value is empty, in one batch.
  ///
  /// @return how many blocks it has then
  public long write(List<Map.Entry<String, String>> entries) {
    List<Map<String, String>> operations = new ArrayList<>();
    for (Map.Entry<String, String> entry : entries) {
      operations.add(
          entry.getValue().isEmpty()
              ? Map.of("del", entry.getKey())
              : Map.of("put", entry.getKey(), "value", entry.getValue()));
    }
    return thing.ask("bee.batch", "operations", operations).get("version").asLong();
  }

  /// The value of a key.
  public Optional<String> value(String at) {
    JsonNode entry = thing.ask("bee.get", "key", at).get("entry");
    return entry.isNull() ? Optional.empty() : Optional.of(Entry.of(entry).value());
  }

  /// The value that a key had when there were `version` blocks.
  public Optional<String> value(String at, long version) {
    JsonNode entry = thing.ask("bee.get", "key", at, "version", version).get("entry");
    return entry.isNull() ? Optional.empty() : Optional.of(Entry.of(entry).value());
  }

  /// The entries of a range.
  ///
  /// @param bounds any of `gt`, `gte`, `lt` and `lte`
  /// @param options any of `reverse` and `limit`
  public List<Entry> range(Map<String, String> bounds, Map<String, ?> options) {
    return entries(thing.ask("bee.range", "range", bounds, "options", options));
  }

  /// All entries when there were `version` blocks.
  public List<Entry> all(long version) {
    return entries(thing.ask("bee.range", "version", version));
  }

  /// All that was ever written and deleted, the latter without a value.
  public List<Entry> history() {
    return entries(thing.ask("bee.history"));
  }

  /// What has changed between two versions: the keys, in order, each with its value then and now.
  public List<List<String>> differences(long before, long now) {
    List<List<String>> differences = new ArrayList<>();
    for (JsonNode one : thing.ask("bee.diff", "version", now, "other", before).get("entries")) {
      JsonNode left = one.get("left");
      JsonNode right = one.get("right");
      String name = (left.isNull() ? right : left).get("key").asText();
      differences.add(List.of(name, right.path("value").asText(""), left.path("value").asText("")));
    }
    return differences;
  }

  private static List<Entry> entries(JsonNode said) {
    List<Entry> entries = new ArrayList<>();
    said.get("entries").forEach(entry -> entries.add(Entry.of(entry)));
    return entries;
  }
}
