package cloud.bevy.doors.opensearch;

import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.ItemVersions;
import cloud.bevy.services.tables.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A write of one document, and what became of it. It is decided while nobody else writes.
final class DocumentWrite {
  /// The writer of a table's log is one.
  static final long PRIMARY_TERM = 1;

  private static final long ANY = -2;

  private final Index index;
  private final String id;
  private final Key key;
  private final Kind kind;
  private final Map<String, @Nullable Object> body;
  private final long expected;
  private String result = "";
  private @Nullable Refused refused;
  private @Nullable Item after;

  /// What is to be done.
  enum Kind {
    /// Write the whole document.
    INDEX,
    /// Write it if there is none.
    CREATE,
    /// Change parts of it.
    UPDATE,
    /// Delete it.
    DELETE
  }

  /// What is to be done to which document, under which condition.
  ///
  /// @param expected the version it must have; null where it may have any
  record Target(Index index, String id, @Nullable Long expected) {}

  DocumentWrite(Kind kind, Target target, Map<String, @Nullable Object> body) {
    this.kind = kind;
    this.body = body;
    index = target.index();
    id = target.id();
    key = index.key(id);
    Long wanted = target.expected();
    expected = wanted == null ? ANY : wanted;
    if (kind == Kind.UPDATE) {
      checkUpdate();
    }
  }

  /// The version that a request expects: `if_seq_no` with `if_primary_term`.
  static @Nullable Long expected(@Nullable Long sequence, @Nullable Long term) {
    if ((sequence == null) != (term == null)) {
      throw Refused.illegal("if_seq_no and if_primary_term must be given together");
    }
    if (sequence == null || term == null) {
      return null;
    }
    if (sequence < 0) {
      throw Refused.illegal("sequence numbers must be non negative. got [" + sequence + "].");
    }
    return term == PRIMARY_TERM ? sequence : Long.valueOf(-1);
  }

  private void checkUpdate() {
    for (String member : body.keySet()) {
      switch (member) {
        case "doc", "upsert" -> Json.map(member, body.get(member));
        case "doc_as_upsert", "detect_noop", "_source", "scripted_upsert" -> {}
        case "script" -> throw Refused.illegal("scripts are not carried out: use [doc]");
        default -> throw Refused.parsing("[UpdateRequest] unknown field [" + member + "]");
      }
    }
    if (!body.containsKey("doc")) {
      throw Refused.illegal("Validation Failed: 1: script or doc is missing;");
    }
  }

  Index index() {
    return index;
  }

  String id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  /// What of documents it may bring: where new fields may be.
  Mapping remapped(Mapping mapping) {
    return switch (kind) {
      case INDEX, CREATE -> NewFields.of(mapping, body);
      case UPDATE ->
          NewFields.of(
              NewFields.of(mapping, Json.map("doc", body.get("doc"))),
              Json.map("upsert", body.getOrDefault("upsert", Map.of())));
      case DELETE -> mapping;
    };
  }

  ItemVersions.Step step() {
    return new ItemVersions.Step(
        key,
        before -> {
          try {
            return decided(before);
          } catch (Refused refusal) {
            refused = refusal;
            return null;
          }
        });
  }

  private ItemVersions.@Nullable Decision decided(ItemVersions.@Nullable Versioned before) {
    check(before);
    switch (kind) {
      case INDEX, CREATE -> {
        result = before == null ? "created" : "updated";
        after = Documents.item(index, key, body);
      }
      case DELETE -> {
        result = before == null ? "not_found" : "deleted";
        return before == null ? null : new ItemVersions.Decision(null);
      }
      case UPDATE -> {
        Item next = updated(before == null ? null : before.item().item());
        after = next;
        if (before != null && next.equals(before.item().item()) && !always()) {
          result = "noop";
          return null;
        }
        result = before == null ? "created" : "updated";
      }
    }
    return new ItemVersions.Decision(after);
  }

  private void check(ItemVersions.@Nullable Versioned before) {
    if (kind == Kind.CREATE && before != null) {
      throw Refused.conflict(
          index.name(), id, "document already exists (current version [" + before.version() + "])");
    }
    if (expected == ANY) {
      return;
    }
    String required = "required seqNo [" + expected + "], primary term [" + PRIMARY_TERM + "]. ";
    if (before == null) {
      throw Refused.conflict(index.name(), id, required + "but no document was found");
    }
    if (before.version() != expected) {
      throw Refused.conflict(
          index.name(),
          id,
          required
              + "current document has seqNo ["
              + before.version()
              + "] and primary term ["
              + PRIMARY_TERM
              + "]");
    }
  }

  private boolean always() {
    return Boolean.FALSE.equals(body.get("detect_noop"));
  }

  private Item updated(@Nullable Item before) {
    Map<String, @Nullable Object> doc = Json.map("doc", body.get("doc"));
    if (before != null) {
      Item merged = Documents.merged(before, doc);
      if (doc.containsKey(Place.ID) || !sameKey(merged)) {
        throw Refused.mapping("a document's id cannot be changed");
      }
      return merged;
    }
    if (Boolean.TRUE.equals(body.get("doc_as_upsert"))) {
      return Documents.item(index, key, doc);
    }
    if (body.get("upsert") == null) {
      throw Refused.noDocument(index.name(), id);
    }
    return Documents.item(index, key, Json.map("upsert", body.get("upsert")));
  }

  private boolean sameKey(Item merged) {
    try {
      return index.table().keys().keyOf(merged).equals(key);
    } catch (InvalidRequest other) {
      return false;
    }
  }

  /// Why it was not done; null where it was.
  @Nullable Refused refusal(ItemVersions.Outcome outcome) {
    InvalidRequest invalid = outcome.refusal();
    return invalid == null ? refused : Refused.illegal(invalid.getMessage());
  }

  /// What became of it.
  Answer answer(ItemVersions.Outcome outcome) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("_index", index.name());
    tree.put("_id", id);
    tree.put("_version", Math.max(outcome.version(), 1));
    tree.put("result", result);
    tree.put("_shards", Map.of("total", 1, "successful", 1, "failed", 0));
    tree.put("_seq_no", Math.max(outcome.version(), 0));
    tree.put("_primary_term", PRIMARY_TERM);
    int status =
        switch (result) {
          case "created" -> Answer.CREATED;
          case "not_found" -> Answer.NOT_FOUND;
          default -> Answer.OK;
        };
    return new Answer(status, tree);
  }

  /// What the document has become, for who wants to see it; null for none.
  @Nullable Item after() {
    return after;
  }
}
