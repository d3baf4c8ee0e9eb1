package cloud.bevy.services.search;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/// Makes what the index holds of an item: its key, and its fields as they are looked for. The item
/// of a table is in the table alone.
final class DocumentMaker {
  /// The field that has the key of the item's entry in the table's bee.
  static final String KEY = "_key";

  /// Longer keywords are not in the index, as in OpenSearch with `ignore_above`.
  static final int LONGEST_KEYWORD = 8191;

  /// The field that has the item itself, where the index holds it.
  static final String ITEM = "_item";

  private final SearchDefinition definition;
  private final boolean stored;

  /// @param stored whether the documents hold the items
  DocumentMaker(SearchDefinition definition, boolean stored) {
    this.definition = definition;
    this.stored = stored;
  }

  /// What finds the document of an item.
  static Term term(byte[] key) {
    return new Term(KEY, new BytesRef(key));
  }

  Document document(byte[] key, Item item) {
    Document document = new Document();
    BytesRef bytes = new BytesRef(key);
    document.add(new StringField(KEY, bytes, Field.Store.NO));
    document.add(new SortedDocValuesField(KEY, bytes));
    if (stored) {
      document.add(new StoredField(ITEM, StoredItem.of(item).json()));
    }
    for (SearchField field : definition.fields()) {
      if (field.kind() == FieldKind.VECTOR) {
        vector(document, field, item);
      } else {
        values(document, field, FieldValues.at(item, field.name()));
      }
    }
    return document;
  }

  /// The item that a document holds.
  static StoredItem stored(StoredFields documents, int number) throws IOException {
    BytesRef item = documents.document(number, Set.of(ITEM)).getBinaryValue(ITEM);
    if (item == null) {
      throw new CorruptIndexException("a document holds no item", ITEM);
    }
    return StoredItem.of(BytesRef.deepCopyOf(item).bytes);
  }

  private static void values(Document document, SearchField field, List<AttributeValue> values) {
    String name = field.indexed();
    Set<Object> distinct = new LinkedHashSet<>();
    for (AttributeValue value : values) {
      switch (field.kind()) {
        case TEXT -> document.add(new TextField(name, FieldValues.text(value), Field.Store.NO));
        case KEYWORD -> distinct.add(FieldValues.text(value));
        case NUMBER -> number(distinct, FieldValues.number(value));
        case DATE -> moment(distinct, FieldValues.moment(value));
        case VECTOR -> {}
      }
    }
    for (Object value : distinct) {
      switch (value) {
        case String text when text.length() <= LONGEST_KEYWORD ->
            document.add(new KeywordField(name, text, Field.Store.NO));
        case Double number -> document.add(new DoubleField(name, number, Field.Store.NO));
        case Long moment -> document.add(new LongField(name, moment, Field.Store.NO));
        default -> {}
      }
    }
  }

  private static void number(Set<Object> distinct, OptionalDouble number) {
    number.ifPresent(distinct::add);
  }

  private static void moment(Set<Object> distinct, OptionalLong moment) {
    moment.ifPresent(distinct::add);
  }

  private static void vector(Document document, SearchField field, Item item) {
    float[] vector = FieldValues.vector(item, field);
    if (vector != null) {
      document.add(new KnnFloatVectorField(field.indexed(), vector, similarity(field)));
    }
  }

  private static VectorSimilarityFunction similarity(SearchField field) {
    return switch (field.space()) {
      case COSINE -> VectorSimilarityFunction.COSINE;
      case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
      case L2 -> VectorSimilarityFunction.EUCLIDEAN;
    };
  }
}
