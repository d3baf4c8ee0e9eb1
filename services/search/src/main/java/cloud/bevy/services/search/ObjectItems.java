package cloud.bevy.services.search;

import cloud.bevy.foundation.extraction.DocumentFormat;
import cloud.bevy.foundation.extraction.Extracted;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.Item;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The objects of a bucket as items, so that they are searched as items are.
final class ObjectItems {
  static final String KEY = "key";
  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String METADATA = "metadata";
  static final String TYPE = "content_type";
  static final String FORMAT = "format";
  static final String PROBLEM = "problem";
  static final String SIZE = "size";
  static final String MODIFIED = "last_modified";
  private static final String ETAG = "etag";

  private ObjectItems() {}

  /// The fields of an index.
  static List<SearchField> fields() {
    return List.of(
        SearchDefinition.field(FieldKind.TEXT, TITLE),
        SearchDefinition.field(FieldKind.TEXT, TEXT),
        SearchDefinition.field(FieldKind.TEXT, KEY),
        SearchDefinition.field(FieldKind.TEXT, METADATA),
        SearchDefinition.field(FieldKind.KEYWORD, KEY),
        SearchDefinition.field(FieldKind.KEYWORD, METADATA),
        SearchDefinition.field(FieldKind.KEYWORD, TYPE),
        SearchDefinition.field(FieldKind.KEYWORD, FORMAT),
        SearchDefinition.field(FieldKind.KEYWORD, PROBLEM),
        SearchDefinition.field(FieldKind.NUMBER, SIZE),
        SearchDefinition.field(FieldKind.DATE, MODIFIED));
  }

  /// What is told of an object. Of one whose key its owner keeps, no more than a listing tells.
  static Item item(StoredObject object, Extracted extracted) {
    SequencedMap<String, AttributeValue> item = new LinkedHashMap<>();
    put(item, KEY, object.key().text());
    item.put(SIZE, new AttributeValue.N(Decimal.of(BigDecimal.valueOf(object.size()))));
    put(item, MODIFIED, object.modified().toString());
    put(item, ETAG, object.etag());
    if (object.attributes().encryption().flatMap(Encryption::customer).isEmpty()) {
      put(item, TYPE, type(object));
      List<AttributeValue> metadata =
          object.attributes().metadata().entrySet().stream()
              .map(each ->
                  (AttributeValue) new AttributeValue.S(each.getKey() + "=" + each.getValue()))
              .toList();
      if (!metadata.isEmpty()) {
        item.put(METADATA, new AttributeValue.L(metadata));
      }
      format(object).ifPresent(format -> put(item, FORMAT, format.word()));
    }
    put(item, TITLE, extracted.title());
    put(item, PROBLEM, extracted.problem());
    put(item, TEXT, extracted.text());
    return new Item(item);
  }

  /// Whether an item is that of an object, whose bytes are those that were read for it.
  static boolean isOf(Item item, StoredObject object) {
    Item without = item(object, Extracted.none(""));
    SequencedMap<String, AttributeValue> read = new LinkedHashMap<>(item.attributes());
    List.of(TITLE, PROBLEM, TEXT).forEach(read::remove);
    return read.equals(without.attributes());
  }

  private static void put(SequencedMap<String, AttributeValue> item, String name, String text) {
    if (!text.isEmpty()) {
      item.put(name, new AttributeValue.S(text));
    }
  }

  static String type(StoredObject object) {
    return object.attributes().headers().getOrDefault("content-type", "");
  }

  static Optional<DocumentFormat> format(StoredObject object) {
    return DocumentFormat.of(type(object), object.key().text());
  }
}
