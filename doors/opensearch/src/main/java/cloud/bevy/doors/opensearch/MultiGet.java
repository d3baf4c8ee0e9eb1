package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SourceFilter;
import cloud.bevy.services.tables.ItemVersions;
import cloud.bevy.services.tables.NoSuchTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /_mget`: several documents.
final class MultiGet implements Operation {
  /// The most documents of a request: together they fit into the memory.
  private static final int MOST = 1000;

  @Override
  public Answer run(Call call) {
    Map<String, @Nullable Object> body = call.object();
    List<Map<String, @Nullable Object>> wanted = new ArrayList<>();
    if (body.get("ids") != null) {
      for (Object id : Json.list("ids", body.get("ids"))) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("_id", id);
        wanted.add(one);
      }
    } else if (body.get("docs") != null) {
      for (Object one : Json.list("docs", body.get("docs"))) {
        wanted.add(Json.map("docs", one));
      }
    }
    if (wanted.isEmpty() || wanted.size() > MOST) {
      throw Refused.illegal(
          "Validation Failed: 1: there must be 1 to " + MOST + " documents to get;");
    }
    AnswerSize size = new AnswerSize();
    List<Object> docs = new ArrayList<>();
    for (Map<String, @Nullable Object> one : wanted) {
      docs.add(found(call, one, size));
    }
    return Answer.of(Map.of("docs", docs));
  }

  private static Map<String, @Nullable Object> found(
      Call call, Map<String, @Nullable Object> wanted, AnswerSize size) {
    String name = String.valueOf(wanted.getOrDefault("_index", call.indexes()));
    Object id = wanted.get("_id");
    if (id == null || name.isEmpty()) {
      throw Refused.illegal("Validation Failed: 1: index and id are needed for each document;");
    }
    SourceFilter filter =
        wanted.containsKey("_source")
            ? SourceFilter.read(wanted.get("_source"))
            : Documents.filter(call.parameters());
    String text = String.valueOf(id);
    Optional<ItemVersions.Versioned> found;
    try {
      found = GetDocument.find(call.place().index(name), text);
    } catch (NoSuchTable deleted) {
      return refused(name, text, Refused.noIndex(name));
    } catch (Refused refused) {
      return refused(name, text, refused);
    }
    found.ifPresent(document -> size.with(document.item()));
    return found
        .map(document -> Documents.found(name, text, document, filter))
        .orElseGet(() -> Documents.missing(name, text));
  }

  private static Map<String, @Nullable Object> refused(String name, String id, Refused refused) {
    Map<String, @Nullable Object> tree = Documents.head(name, id);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("root_cause", List.of(refused.cause()));
    error.putAll(refused.cause());
    tree.put("error", error);
    return tree;
  }
}
