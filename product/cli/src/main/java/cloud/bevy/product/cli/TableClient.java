package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables of a cloud of the running node, through the DynamoDB API.
final class TableClient implements AutoCloseable {
  private final ControlClient control;
  private final String query;
  private final HttpClient http;
  private final SignedClient client;

  TableClient(Common common, CloudOption cloud) throws IOException {
    control = common.control();
    query = cloud.query();
    World world = common.world();
    SignedClient.Credentials credentials = SignedClient.Credentials.of(control, query);
    http = HttpClient.open(world);
    client = new SignedClient(world, http, credentials);
  }

  /// Carries an operation out.
  ///
  /// @throws CommandFault if it is refused
  Map<String, Object> call(String operation, Map<String, Object> input) throws IOException {
    SignedClient.Answer answer = client.ask(operation, Json.line(input));
    Map<String, Object> output = Json.readExactly(answer.body());
    if (answer.refused()) {
      Object message = output.getOrDefault("message", output.get("__type"));
      throw new CommandFault(ExitCode.FAILED, String.valueOf(message), "");
    }
    return output;
  }

  /// An attribute of a key.
  record KeyPart(String name, String type) {}

  /// The key of a table.
  ///
  /// @param index of the index whose key is asked for; empty for the table's own
  /// @throws CommandFault if there is no such table or index
  List<KeyPart> keys(String table, String index) throws IOException {
    Map<String, Object> described = control.get("/_bevy/tables/" + Names.inPath(table) + query);
    if (index.isEmpty()) {
      return keys(described.get("keys"));
    }
    if (described.get("indexes") instanceof List<?> indexes) {
      for (Object each : indexes) {
        if (each instanceof Map<?, ?> fields && index.equals(fields.get("index"))) {
          return keys(fields.get("keys"));
        }
      }
    }
    throw new CommandFault(
        ExitCode.FAILED,
        "table \"" + table + "\" has no index \"" + index + "\"",
        "bevy table describe " + table);
  }

  private static List<KeyPart> keys(@Nullable Object parts) {
    return parts instanceof List<?> all
        ? all.stream()
            .map(part -> (Map<?, ?>) part)
            .map(part ->
                new KeyPart(String.valueOf(part.get("name")), String.valueOf(part.get("type"))))
            .toList()
        : List.of();
  }

  /// The key that an item has by the values of its attributes.
  Map<String, Object> key(String table, List<String> values) throws IOException {
    List<KeyPart> parts = keys(table, "");
    if (parts.size() != values.size()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "the key of table \"" + table + "\" has " + parts.size() + " attributes",
          "give a value for each: "
              + String.join(", ", parts.stream().map(KeyPart::name).toList()));
    }
    Map<String, Object> key = new LinkedHashMap<>();
    for (int at = 0; at < parts.size(); at++) {
      key.put(parts.get(at).name(), PlainItem.key(parts.get(at).type(), values.get(at)));
    }
    return key;
  }

  @Override
  public void close() {
    http.close();
  }
}
