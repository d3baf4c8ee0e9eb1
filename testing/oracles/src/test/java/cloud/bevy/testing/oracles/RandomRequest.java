package cloud.bevy.testing.oracles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/// A request of DynamoDB's API.
///
/// @param operation its name
/// @param body its input
/// @param paged whether all pages are to be read and answered as one
record RandomRequest(String operation, ObjectNode body, boolean paged) {
  /// As `oracle.mjs` is asked.
  ArrayNode asked(ObjectMapper json) {
    return json.createArrayNode().add(operation).add(body).add(paged);
  }

  /// The tables that it is about.
  Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    body.path("RequestItems").fieldNames().forEachRemaining(tables::add);
    tables.add(text("TableName"));
    tables.retainAll(RandomTable.ALL.stream().map(RandomTable::name).toList());
    return tables;
  }

  /// The tables that it may change.
  Set<String> written() {
    boolean reads =
        operation.contains("Get") || operation.equals("Query") || operation.equals("Scan");
    return reads ? Set.of() : tables();
  }

  /// The text of a member; empty if there is none.
  String text(String member) {
    JsonNode value = body.get(member);
    return value != null && value.isTextual() ? value.asText() : "";
  }

  boolean consistent() {
    return body.path("ConsistentRead").asBoolean();
  }

  /// How many members a member has that are not null.
  int given(String member) {
    return (int) body.path(member).valueStream().filter(each -> !each.isNull()).count();
  }

  /// All expressions.
  String expressions() {
    StringBuilder all = new StringBuilder();
    body.properties().stream()
        .filter(each -> each.getKey().endsWith("Expression"))
        .forEach(each -> all.append(each.getValue().asText()).append(';'));
    return all.toString();
  }

  @Override
  public String toString() {
    return operation + (paged ? " (all pages) " : " ") + body;
  }
}
