package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.search.FieldKind;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.Search;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.SearchField;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchStatus;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.TableBusy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The search index of a table, `tables/NAME/index?cloud=NAME`. `GET` says what it is and how far,
/// also while it is being made; `POST` with the fields of each kind as parameters
/// (`text=title,body&vector=embedding:384`) gives the table one and waits for it as long as a
/// search would; `DELETE` takes it away.
public final class IndexTable implements ControlOperation {
  private final Clouds clouds;
  private final Indexes indexes;

  /// @param clouds whose tables
  public IndexTable(Clouds clouds, Indexes indexes) {
    this.clouds = clouds;
    this.indexes = indexes;
  }

  @Override
  public boolean answers(String method, String path) {
    return List.of("GET", "POST", "DELETE").contains(method) && path.matches("tables/[^/]+/index");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String table = request.path().get(1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Search search = indexes.of(lease.cloud());
      return switch (request.method()) {
        case "POST" -> define(search, table, request);
        case "DELETE" -> drop(search, table);
        default -> show(search, table, false);
      };
    } catch (NoSuchTable none) {
      throw NamedTable.noSuchTable(table);
    } catch (SearchRefusal refusal) {
      throw SearchTable.refused(refusal);
    } catch (InvalidRequest | TableBusy refused) {
      throw new ControlRefusal(409, String.valueOf(refused.getMessage()), "");
    }
  }

  private static Map<String, Object> define(Search search, String table, ControlRequest request) {
    List<SearchField> fields = new ArrayList<>();
    for (FieldKind kind : FieldKind.values()) {
      SearchDefinition.words(request.parameter(kind.word(), ""))
          .forEach(word -> fields.add(SearchDefinition.field(kind, word)));
    }
    String language = request.parameter("language", SearchDefinition.PLAIN);
    search.define(table, new SearchDefinition(fields, language));
    return show(search, table, true);
  }

  private static Map<String, Object> drop(Search search, String table) {
    boolean there = search.definition(table).isPresent();
    search.define(table, null);
    return Map.of("table", table, "dropped", there);
  }

  private static Map<String, Object> show(Search search, String table, boolean waits) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", table);
    SearchDefinition definition = search.definition(table).orElse(null);
    fields.put("indexed", definition != null);
    if (definition == null) {
      return fields;
    }
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (FieldKind kind : FieldKind.values()) {
      List<String> written = definition.of(kind).map(SearchField::written).toList();
      if (!written.isEmpty()) {
        kinds.put(kind.word(), written);
      }
    }
    fields.put("fields", kinds);
    fields.put("language", definition.language());
    SearchStatus status = search.status(table);
    if (!status.building() || waits) {
      status = reached(search, table);
    }
    fields.put("items", status.items());
    if (status.building()) {
      fields.put("building", true);
    } else {
      fields.put("version", status.reached());
    }
    return fields;
  }

  /// How far it is when it has all, or when there is no time left.
  private static SearchStatus reached(Search search, String table) {
    try {
      return search.refresh(table);
    } catch (SearchRefusal late) {
      if (late.kind() != SearchRefusal.Kind.TIMEOUT) {
        throw late;
      }
      return search.status(table);
    }
  }
}
