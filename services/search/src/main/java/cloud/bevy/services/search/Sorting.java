package cloud.bevy.services.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// In what order items are answered. Those that are equal come in the order of their keys, so that
/// the order is one, and a page can go on where another ended.
final class Sorting {
  private static final String SCORE = "_score";
  private static final String DOCUMENT = "_doc";
  private static final String ID = "_id";
  private static final int MOST = 16;

  /// Behind all keys.
  private static final byte[] LAST = new byte[16];

  static {
    Arrays.fill(LAST, (byte) 0xFF);
  }

  private final List<Order> orders;

  /// One thing to sort by.
  ///
  /// @param field null for the score, and for the key
  private record Order(@Nullable SearchField field, SortField lucene) {}

  private Sorting(List<Order> orders) {
    this.orders = orders;
  }

  /// Reads `sort` of a search.
  ///
  /// @return null where it says nothing: the best come first
  static @Nullable Sorting read(SearchDefinition definition, List<@Nullable Object> sort) {
    List<Order> orders = new ArrayList<>();
    for (Object each : sort) {
      if (each instanceof String name) {
        orders.add(order(definition, name, new Part(name, Map.of())));
        continue;
      }
      Map<String, @Nullable Object> named = Part.map("sort", each);
      for (Map.Entry<String, @Nullable Object> entry : named.entrySet()) {
        Object how = entry.getValue();
        Part part =
            how instanceof String word
                ? new Part(entry.getKey(), Map.of("order", word))
                : Part.of(entry.getKey(), how);
        orders.add(order(definition, entry.getKey(), part));
      }
    }
    if (orders.size() > MOST) {
      throw SearchRefusal.illegal("a search sorts by " + MOST + " fields at most");
    }
    return orders.isEmpty() ? null : new Sorting(orders);
  }

  private static Order order(SearchDefinition definition, String name, Part part) {
    String order = part.text("order", name.equals(SCORE) ? "desc" : "asc");
    if (!order.equals("asc") && !order.equals("desc")) {
      throw SearchRefusal.illegal("[" + order + "] is no order: it is asc or desc");
    }
    boolean down = order.equals("desc");
    String missing = part.text("missing", "_last");
    String mode = part.text("mode", down ? "max" : "min");
    part.ignore("unmapped_type", "format", "numeric_type");
    part.end();
    if (name.equals(SCORE)) {
      return new Order(null, new SortField(null, SortField.Type.SCORE, !down));
    }
    if (name.equals(DOCUMENT) || name.equals(ID)) {
      return new Order(null, key(down));
    }
    SearchField field =
        definition
            .whole(name)
            .orElseThrow(() ->
                SearchRefusal.shard(
                    "No mapping found for ["
                        + name
                        + "] in order to sort on: it takes a"
                        + " keyword, a number or a date"));
    return new Order(field, field(field, new Way(down, missing.equals("_first"), mode)));
  }

  /// How a field is sorted.
  private record Way(boolean down, boolean missingFirst, String mode) {}

  private static SortField field(SearchField field, Way way) {
    boolean most =
        switch (way.mode()) {
          case "min" -> false;
          case "max" -> true;
          default -> throw SearchRefusal.illegal("[mode] is min or max");
        };
    if (field.kind() == FieldKind.KEYWORD) {
      Object missing = way.missingFirst() ? SortField.STRING_FIRST : SortField.STRING_LAST;
      SortedSetSelector.Type type = most ? SortedSetSelector.Type.MAX : SortedSetSelector.Type.MIN;
      return new SortedSetSortField(field.indexed(), way.down(), type, missing);
    }
    boolean low = way.missingFirst() != way.down();
    SortedNumericSelector.Type type =
        most ? SortedNumericSelector.Type.MAX : SortedNumericSelector.Type.MIN;
    if (field.kind() == FieldKind.NUMBER) {
      double missing = low ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return new SortedNumericSortField(
          field.indexed(), SortField.Type.DOUBLE, way.down(), type, missing);
    }
    long missing = low ? Long.MIN_VALUE : Long.MAX_VALUE;
    return new SortedNumericSortField(
        field.indexed(), SortField.Type.LONG, way.down(), type, missing);
  }

  private static SortField key(boolean down) {
    return new SortField(DocumentMaker.KEY, SortField.Type.STRING, down);
  }

  /// Whether the scores count.
  boolean scored() {
    return orders.stream().anyMatch(order -> order.lucene().getType() == SortField.Type.SCORE);
  }

  Sort lucene() {
    List<SortField> fields = new ArrayList<>(orders.stream().map(Order::lucene).toList());
    fields.add(key(false));
    return new Sort(fields.toArray(SortField[]::new));
  }

  /// The values by which an item was sorted, as `search_after` takes them. The last is its key,
  /// which nobody has to give back.
  List<@Nullable Object> values(FieldDoc hit) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < hit.fields.length; i++) {
      boolean keyword = i < orders.size() && orders.get(i).field() != null;
      values.add(shown(hit.fields[i], keyword));
    }
    return values;
  }

  private static @Nullable Object shown(@Nullable Object value, boolean keyword) {
    return switch (value) {
      case BytesRef bytes when keyword -> bytes.utf8ToString();
      case BytesRef bytes ->
          Base64.getUrlEncoder().withoutPadding().encodeToString(BytesRef.deepCopyOf(bytes).bytes);
      case Double number when number.isInfinite() -> null;
      case Long moment when moment == Long.MAX_VALUE || moment == Long.MIN_VALUE -> null;
      case null -> null;
      default -> value;
    };
  }

  private static BytesRef key(String text) {
    try {
      return new BytesRef(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException wrong) {
      throw SearchRefusal.illegal("[" + text + "] is no key that a search has answered");
    }
  }

  /// The place behind an item with these values.
  ///
  /// @throws SearchRefusal if they do not fit
  FieldDoc after(List<@Nullable Object> values) {
    boolean fits = values.size() == orders.size() || values.size() == orders.size() + 1;
    if (!fits) {
      throw SearchRefusal.illegal(
          "search_after has " + values.size() + " value(s) but sort has " + orders.size() + ".");
    }
    @Nullable Object[] fields = new @Nullable Object[orders.size() + 1];
    for (int i = 0; i < orders.size(); i++) {
      fields[i] = value(orders.get(i), values.get(i));
    }
    Object key = values.size() > orders.size() ? values.getLast() : null;
    // Without a key, all that are equal are passed over.
    fields[orders.size()] = key instanceof String text ? key(text) : new BytesRef(LAST);
    return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields);
  }

  private static @Nullable Object value(Order order, @Nullable Object value) {
    SearchField field = order.field();
    if (value == null) {
      return order.lucene().getMissingValue() instanceof Number number ? number : null;
    }
    String text = Objects.requireNonNullElse(Part.scalar(value), "");
    if (field == null) {
      return order.lucene().getType() == SortField.Type.SCORE
          ? (Object)
              FieldValues.number(text).stream()
                  .mapToObj(v -> (float) v)
                  .findFirst()
                  .orElseThrow(() -> SearchRefusal.illegal("[" + text + "] is no score"))
          : (Object) key(text);
    }
    return switch (field.kind()) {
      case NUMBER -> FieldQueries.number(field, text);
      case DATE -> FieldQueries.moment(field, text);
      case TEXT, KEYWORD, VECTOR -> new BytesRef(text);
    };
  }
}
