package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The members of a structure of a request, as [ShapeReader] read them. A member that the request
/// does not give, or gives as `null`, is not there.
///
/// @param members strings, `Boolean`, `Long`, [WireAttributes], lists and maps
record Parameters(Map<String, Object> members) {
  private static final String ARN = "arn:";
  private static final String TABLE_OF_ARN = ":table/";

  /// Whether the member is there.
  boolean has(String name) {
    return members.containsKey(name);
  }

  /// A string; null if it is not there.
  @Nullable String text(String name) {
    return (String) members.get(name);
  }

  /// A string that the shape says must be there.
  String needed(String name) {
    return required(name, text(name));
  }

  /// A string, or `otherwise` if it is not there.
  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /// True or false, or `otherwise` if it is not there.
  boolean flag(String name, boolean otherwise) {
    return members.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  /// A whole number; null if it is not there.
  @Nullable Long whole(String name) {
    return (Long) members.get(name);
  }

  /// Attributes by name; null if they are not there.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if one is not a proper value
  @Nullable SequencedMap<String, AttributeValue> attributes(String name) {
    WireAttributes attributes = wireAttributes(name);
    return attributes == null ? null : attributes.checked();
  }

  /// Attributes that the shape says must be there.
  SequencedMap<String, AttributeValue> neededAttributes(String name) {
    return required(name, attributes(name));
  }

  /// Attributes by name, whatever is wrong with them; null if they are not there.
  @Nullable WireAttributes wireAttributes(String name) {
    return (WireAttributes) members.get(name);
  }

  /// One value that must be there.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if it is not a proper one
  AttributeValue neededValue(String name) {
    return required(name, (WireAttributes.WireValue) members.get(name)).checked();
  }

  /// A member that is a JSON object of whatever shape; null if it is not there.
  @SuppressWarnings("unchecked")
  @Nullable Map<String, @Nullable Object> tree(String name) {
    return (Map<String, @Nullable Object>) members.get(name);
  }

  /// The values in a list; none if it is not there.
  ///
  /// @throws cloud.bevy.services.tables.InvalidRequest if one is not a proper one
  List<AttributeValue> values(String name) {
    return members.get(name) instanceof List<?> elements
        ? elements.stream()
            .map(WireAttributes.WireValue.class::cast)
            .map(WireAttributes.WireValue::checked)
            .toList()
        : List.of();
  }

  /// Strings by name; null if they are not there.
  @Nullable Map<String, String> texts(String name) {
    if (!(members.get(name) instanceof Map<?, ?> entries)) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }

  /// The members of a structure within this; none if it is not there.
  Parameters structure(String name) {
    return of(members.getOrDefault(name, Map.of()));
  }

  /// The structures in a list; none if it is not there.
  List<Parameters> structures(String name) {
    return members.get(name) instanceof List<?> elements
        ? elements.stream().map(Parameters::of).toList()
        : List.of();
  }

  /// The strings in a list; none if it is not there.
  List<String> list(String name) {
    return members.get(name) instanceof List<?> elements
        ? elements.stream().map(String.class::cast).toList()
        : List.of();
  }

  /// The attributes of which each element of a list consists.
  List<WireAttributes> attributesList(String name) {
    return members.get(name) instanceof List<?> elements
        ? elements.stream().map(WireAttributes.class::cast).toList()
        : List.of();
  }

  /// The structures of a map, by name.
  SequencedMap<String, Parameters> structuresByName(String name) {
    SequencedMap<String, Parameters> structures = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> structures.put((String) key, of(value)));
    }
    return structures;
  }

  /// The lists of structures of a map, by name.
  SequencedMap<String, List<Parameters>> listsByName(String name) {
    SequencedMap<String, List<Parameters>> lists = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> entries) {
      entries.forEach((key, value) ->
          lists.put((String) key, ((List<?>) value).stream().map(Parameters::of).toList()));
    }
    return lists;
  }

  /// The table that the request is about, which it may name or give as an ARN.
  String tableName() {
    return tableName(needed("TableName"));
  }

  /// The name of the table of an ARN; any other text as it is.
  static String tableName(String text) {
    int table = text.startsWith(ARN) ? text.indexOf(TABLE_OF_ARN) : -1;
    return table < 0 ? text : text.substring(table + TABLE_OF_ARN.length());
  }

  private static Parameters of(Object structure) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) structure).forEach((key, value) -> members.put((String) key, value));
    return new Parameters(members);
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the shape lets " + name + " be missing");
    }
    return value;
  }
}
