package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.tables.NoSuchTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /_bulk`: many writes, each with its own answer.
final class Bulk implements Operation {
  @Override
  public Answer run(Call call) {
    long started = call.place().world().time().nanos();
    call.checkRefresh();
    List<Item> items = read(call);
    carryOut(call, items);
    List<Object> answers = new ArrayList<>();
    boolean errors = false;
    for (Item item : items) {
      Writes.Done done = item.done();
      errors |= done.refused() != null;
      answers.add(Map.of(item.action, item.answer(done)));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("took", (call.place().world().time().nanos() - started) / 1_000_000);
    tree.put("errors", errors);
    tree.put("items", answers);
    return Answer.of(tree);
  }

  /// One write of the request.
  private static final class Item {
    private final String action;
    private final String index;
    private final String id;
    private final @Nullable Long expected;
    private final Map<String, @Nullable Object> body;
    private @Nullable DocumentWrite write;
    private Writes.@Nullable Done done;

    Item(String action, Call call, Map<String, @Nullable Object> head, Lines lines) {
      this.action = action;
      index = String.valueOf(head.getOrDefault("_index", call.indexes()));
      Object given = head.get("_id");
      boolean generated = given == null && (action.equals("index") || action.equals("create"));
      if (index.isEmpty() || (given == null && !generated)) {
        throw Refused.illegal(
            "Validation Failed: 1: an index and an id are needed in line " + lines.line() + ";");
      }
      id = generated ? PutDocument.newId(call.place()) : String.valueOf(given);
      expected = DocumentWrite.expected(whole(head, "if_seq_no"), whole(head, "if_primary_term"));
      if (action.equals("delete")) {
        body = Map.of();
      } else if (lines.more()) {
        body = lines.object();
      } else {
        throw Refused.illegal("line " + lines.line() + " needs a document in the next line");
      }
    }

    private static @Nullable Long whole(Map<String, @Nullable Object> head, String name) {
      return head.get(name) instanceof BigDecimal number ? (Long) number.longValue() : null;
    }

    DocumentWrite writeTo(Index to) {
      DocumentWrite.Kind kind = DocumentWrite.Kind.valueOf(action.toUpperCase(Locale.ROOT));
      return new DocumentWrite(kind, new DocumentWrite.Target(to, id, expected), body);
    }

    Writes.Done done() {
      Writes.Done known = done;
      return known == null ? Writes.Done.not(Refused.illegal("not carried out")) : known;
    }

    Map<String, @Nullable Object> answer(Writes.Done known) {
      Refused refused = known.refused();
      Map<String, @Nullable Object> tree =
          refused == null
              ? new LinkedHashMap<>(Json.map("answer", known.answer().body()))
              : Documents.head(index, id);
      tree.put("status", refused == null ? known.answer().status() : refused.status());
      if (refused != null) {
        tree.put("error", refused.cause());
      }
      return tree;
    }
  }

  private static List<Item> read(Call call) {
    List<Item> items = new ArrayList<>();
    Lines lines = new Lines(call.body());
    while (lines.more()) {
      Map<String, @Nullable Object> line = lines.object();
      String action = line.size() == 1 ? line.keySet().iterator().next() : "";
      switch (action) {
        case "index", "create", "update", "delete" ->
            items.add(new Item(action, call, Json.map(action, line.get(action)), lines));
        default ->
            throw Refused.illegal(
                "Malformed action/metadata line ["
                    + lines.line()
                    + "], expected one of [create, delete, index, update]");
      }
    }
    if (items.isEmpty()) {
      throw Refused.illegal("Validation Failed: 1: no requests added;");
    }
    return items;
  }

  /// Carries out the writes in order; those to one index that follow each other together.
  private static void carryOut(Call call, List<Item> items) {
    Map<String, Index> indexes = new HashMap<>();
    List<Item> together = new ArrayList<>();
    for (Item item : items) {
      boolean full = together.size() == Writes.TOGETHER;
      if (!together.isEmpty() && (full || !together.getFirst().index.equals(item.index))) {
        write(call, together, indexes);
      }
      try {
        Index index = index(call, item, indexes);
        item.write = item.writeTo(index);
        together.add(item);
      } catch (Refused refused) {
        item.done = Writes.Done.not(refused);
      } catch (SearchRefusal refused) {
        item.done = Writes.Done.not(OpenSearchDoor.refused(refused));
      }
    }
    write(call, together, indexes);
  }

  private static Index index(Call call, Item item, Map<String, Index> indexes) {
    Index known = indexes.get(item.index);
    if (known == null) {
      known =
          item.action.equals("delete")
              ? call.place().index(item.index)
              : call.place().forWriting(item.index);
      indexes.put(item.index, known);
    }
    return known;
  }

  private static void write(Call call, List<Item> together, Map<String, Index> indexes) {
    if (together.isEmpty()) {
      return;
    }
    List<DocumentWrite> writes = new ArrayList<>();
    for (Item item : together) {
      if (item.write != null) {
        writes.add(item.write);
      }
    }
    String name = together.getFirst().index;
    try {
      List<Writes.Done> done = Writes.all(call.place(), writes);
      for (int i = 0; i < together.size(); i++) {
        together.get(i).done = done.get(i);
      }
    } catch (NoSuchTable deleted) {
      together.forEach(item -> item.done = Writes.Done.not(Refused.noIndex(name)));
    }
    // What was written may have brought new fields.
    indexes.remove(name);
    together.clear();
  }
}
