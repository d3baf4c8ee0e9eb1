package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.PlainItems;
import cloud.bevy.services.search.SourceFilter;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.ItemVersions;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeySchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Documents as items and items as documents.
final class Documents {
  private Documents() {}

  /// The item of a document: the key's attributes, and what the document has.
  static Item item(Index index, Key key, Map<String, @Nullable Object> document) {
    KeySchema keys = index.table().keys();
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>(keys.attributesOf(key));
    Item given = plain(document);
    given
        .attributes()
        .forEach((name, value) -> {
          if (name.equals(Place.ID)) {
            throw Refused.mapping(
                "Field [_id] is a metadata field and cannot be added inside a document. Use the"
                    + " index API request parameters.");
          }
          if (keys.contains(name) && !value.equals(attributes.get(name))) {
            throw Refused.mapping("[" + name + "] is part of the key, and is another in the id");
          }
          attributes.put(name, value);
        });
    return new Item(attributes);
  }

  private static Item plain(Map<String, @Nullable Object> document) {
    if (document.containsKey("")) {
      throw Refused.mapping("field name cannot be an empty string");
    }
    try {
      return PlainItems.item(document);
    } catch (InvalidRequest wrong) {
      throw Refused.mapping("failed to parse: " + wrong.getMessage());
    }
  }

  /// An item of which some attributes are others: maps are merged, all else is replaced.
  static Item merged(Item before, Map<String, @Nullable Object> changes) {
    return new Item(merged(before.attributes(), plain(changes).attributes()));
  }

  private static SequencedMap<String, AttributeValue> merged(
      Map<String, AttributeValue> before, Map<String, AttributeValue> changes) {
    SequencedMap<String, AttributeValue> after = new LinkedHashMap<>(before);
    changes.forEach((name, value) -> {
      boolean both =
          value instanceof AttributeValue.M && before.get(name) instanceof AttributeValue.M;
      AttributeValue next = value;
      if (both
          && before.get(name) instanceof AttributeValue.M(var old)
          && value instanceof AttributeValue.M(var inner)) {
        next = new AttributeValue.M(merged(old, inner));
      }
      after.put(name, next);
    });
    return after;
  }

  /// The document that an item is.
  static Map<String, @Nullable Object> source(Item item) {
    return withoutId(PlainItems.tree(item));
  }

  /// A document is shown without its id.
  static Map<String, @Nullable Object> withoutId(Map<String, @Nullable Object> source) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(source);
    document.remove(Place.ID);
    return document;
  }

  /// What of documents a request wants.
  static SourceFilter filter(Parameters parameters) {
    String source = parameters.text("_source").orElse("true");
    if (source.equals("false")) {
      return SourceFilter.read(false);
    }
    Map<String, @Nullable Object> filter = new LinkedHashMap<>();
    List<String> includes =
        source.equals("true") ? parameters.names("_source_includes") : parameters.names("_source");
    filter.put("includes", includes);
    filter.put("excludes", parameters.names("_source_excludes"));
    return SourceFilter.read(filter);
  }

  /// A document that was found, as it is answered.
  static Map<String, @Nullable Object> found(
      String index, String id, ItemVersions.Versioned document, SourceFilter filter) {
    Map<String, @Nullable Object> tree = head(index, id);
    version(tree, document.version());
    tree.put("found", true);
    Map<String, @Nullable Object> source = filter.of(source(document.item().item()));
    if (source != null) {
      tree.put("_source", source);
    }
    return tree;
  }

  static Map<String, @Nullable Object> missing(String index, String id) {
    Map<String, @Nullable Object> tree = head(index, id);
    tree.put("found", false);
    return tree;
  }

  static Map<String, @Nullable Object> head(String index, String id) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("_index", index);
    tree.put("_id", id);
    return tree;
  }

  static void version(Map<String, @Nullable Object> tree, long version) {
    tree.put("_version", version);
    tree.put("_seq_no", version);
    tree.put("_primary_term", DocumentWrite.PRIMARY_TERM);
  }
}
