package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.IndexProjection;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.SecondaryIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a request says of keys and indexes, checked against its attribute definitions.
///
/// @param definitions the types of attributes by name
/// @param used which of the definitions a key has used
record IndexParameters(Map<String, KeyType> definitions, Set<String> used) {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int MOST_LOCAL = 5;
  private static final int MOST_GLOBAL = 20;
  private static final int MOST_PROJECTED = 100;
  private static final int LONGEST_PROJECTED = 255;

  /// The attribute definitions of a request.
  ///
  /// @throws DynamoRefusal if one is given twice
  static IndexParameters read(Parameters parameters) {
    Map<String, KeyType> definitions = new LinkedHashMap<>();
    for (Parameters definition : parameters.structures("AttributeDefinitions")) {
      KeyType type = KeyType.valueOf(definition.needed("AttributeType"));
      if (definitions.put(definition.needed("AttributeName"), type) != null) {
        throw DynamoRefusal.validation(
            INVALID + "Cannot redefine attribute: " + definition.needed("AttributeName"));
      }
    }
    return new IndexParameters(definitions, new LinkedHashSet<>());
  }

  /// The same for a table that exists: what its keys have used may be given again.
  IndexParameters using(List<SecondaryIndex> indexes, KeySchema table) {
    Map<String, KeyType> all = new LinkedHashMap<>();
    List<KeySchema> schemas = new ArrayList<>(List.of(table));
    indexes.forEach(index -> schemas.add(index.keys()));
    for (KeySchema schema : schemas) {
      schema.attributes().forEach(attribute -> all.put(attribute.name(), attribute.type()));
    }
    for (Map.Entry<String, KeyType> definition : definitions.entrySet()) {
      KeyType before = all.put(definition.getKey(), definition.getValue());
      if (before != null && before != definition.getValue()) {
        throw redefined(definition.getKey(), before, definition.getValue());
      }
    }
    return new IndexParameters(all, new LinkedHashSet<>());
  }

  private static DynamoRefusal redefined(String name, KeyType before, KeyType after) {
    return DynamoRefusal.validation(
        INVALID
            + "Attributes cannot be redefined. Please check that your attribute has the same type"
            + " as previously defined. Existing schema: Schema:[SchemaElement: key{%s:%s}] New"
                .formatted(name, before)
            + " schema: Schema:[SchemaElement: key{%s:%s}]".formatted(name, after));
  }

  /// The key of the table that the request is about.
  KeySchema tableKeys(Parameters parameters) {
    List<Parameters> elements = parameters.structures("KeySchema");
    List<String> names = elements.stream().map(element -> element.needed("AttributeName")).toList();
    if (names.size() > definitions.size()) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return keys(elements, false);
  }

  /// @throws DynamoRefusal if an attribute of a key has no definition
  void checkDefined(List<Parameters> elements) {
    List<String> names = elements.stream().map(element -> element.needed("AttributeName")).toList();
    if (!definitions.keySet().containsAll(names)) {
      throw DynamoRefusal.validation(
          INVALID
              + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + definitions.keySet());
    }
  }

  /// @param several whether each of the two keys may consist of several attributes
  private KeySchema keys(List<Parameters> elements, boolean several) {
    List<String> names = elements.stream().map(element -> element.needed("AttributeName")).toList();
    checkDefined(elements);
    if (Set.copyOf(names).size() < names.size()) {
      throw DynamoRefusal.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    checkTypes(elements, several);
    used.addAll(names);
    List<KeyAttribute> attributes =
        names.stream()
            .map(name -> new KeyAttribute(name, definitions.getOrDefault(name, KeyType.S)))
            .toList();
    int partitions =
        (int) elements.stream().filter(each -> each.needed("KeyType").equals("HASH")).count();
    return new KeySchema(
        attributes.subList(0, partitions), attributes.subList(partitions, attributes.size()));
  }

  private static void checkTypes(List<Parameters> elements, boolean several) {
    if (!elements.getFirst().needed("KeyType").equals("HASH")) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (several) {
      checkSeveral(elements.stream().map(element -> element.needed("KeyType")).toList());
    } else if (elements.size() > 1 && !elements.getLast().needed("KeyType").equals("RANGE")) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
  }

  private static void checkSeveral(List<String> types) {
    if (types.lastIndexOf("HASH") > types.indexOf("RANGE") && types.contains("RANGE")) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: All HASH key elements must precede all RANGE key elements");
    }
    for (String type : List.of("HASH", "RANGE")) {
      if (Collections.frequency(types, type) > KeySchema.MOST_ATTRIBUTES) {
        throw DynamoRefusal.validation(
            "Invalid KeySchema: The number of %s key elements exceeds the limit of %d"
                .formatted(type, KeySchema.MOST_ATTRIBUTES));
      }
    }
  }

  /// The indexes of a table that is to be created.
  List<SecondaryIndex> indexes(Parameters parameters, KeySchema table, Capacity capacity) {
    List<Parameters> locals = parameters.structures("LocalSecondaryIndexes");
    List<Parameters> globals = parameters.structures("GlobalSecondaryIndexes");
    if (parameters.has("LocalSecondaryIndexes") && table.sort() == null) {
      throw DynamoRefusal.validation(
          INVALID
              + "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    checkGiven(parameters, "LocalSecondaryIndexes", locals);
    checkGiven(parameters, "GlobalSecondaryIndexes", globals);
    List<SecondaryIndex> indexes = new ArrayList<>();
    for (Parameters local : locals) {
      indexes.add(local(local, table));
    }
    for (Parameters global : globals) {
      indexes.add(global(global, capacity.onDemand()));
    }
    check(indexes);
    return indexes;
  }

  private static void checkGiven(Parameters parameters, String member, List<Parameters> given) {
    if (parameters.has(member) && given.isEmpty()) {
      String kind =
          member.equals("LocalSecondaryIndexes") ? "LocalSecondaryIndex" : "GlobalSecondaryIndex";
      throw DynamoRefusal.validation(INVALID + "List of " + kind + "es is empty");
    }
  }

  /// @throws DynamoRefusal if there are too many, or two of one name
  static void check(List<SecondaryIndex> indexes) {
    Set<String> names = new LinkedHashSet<>();
    for (SecondaryIndex index : indexes) {
      if (!names.add(index.name())) {
        throw DynamoRefusal.validation(INVALID + "Duplicate index name: " + index.name());
      }
    }
    long globals = indexes.stream().filter(SecondaryIndex::global).count();
    if (indexes.size() - globals > MOST_LOCAL) {
      throw DynamoRefusal.validation(
          INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of " + MOST_LOCAL);
    }
    if (globals > MOST_GLOBAL) {
      throw DynamoRefusal.validation(
          INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of " + MOST_GLOBAL);
    }
    long projected =
        indexes.stream().mapToLong(index -> index.projection().attributes().size()).sum();
    if (projected > MOST_PROJECTED) {
      throw DynamoRefusal.validation(
          INVALID
              + "Number of projected attributes in all indexes exceeds limit of "
              + MOST_PROJECTED);
    }
  }

  private SecondaryIndex local(Parameters index, KeySchema table) {
    KeySchema keys = keys(index.structures("KeySchema"), false);
    String name = index.needed("IndexName");
    if (keys.sort() == null) {
      throw DynamoRefusal.validation(
          INVALID + "Index KeySchema does not have a range key for index: " + name);
    }
    if (!keys.partition().equals(table.partition())) {
      throw DynamoRefusal.validation(
          INVALID
              + "Index KeySchema does not have the same leading hash key as table KeySchema for"
              + " index: %s. index hash key: %s, table hash key: %s"
                  .formatted(name, keys.partition().name(), table.partition().name()));
    }
    return new SecondaryIndex(name, false, keys, projection(index), Capacity.ON_DEMAND);
  }

  /// An index that is to be created.
  SecondaryIndex global(Parameters index, boolean onDemand) {
    String name = index.needed("IndexName");
    KeySchema keys = keys(index.structures("KeySchema"), true);
    IndexProjection projection = projection(index);
    Parameters throughput = index.structure("ProvisionedThroughput");
    Long read = throughput.whole("ReadCapacityUnits");
    Long write = throughput.whole("WriteCapacityUnits");
    if (onDemand && index.has("ProvisionedThroughput")) {
      throw DynamoRefusal.validation(
          INVALID
              + "ProvisionedThroughput should not be specified for index: "
              + name
              + " when BillingMode is PAY_PER_REQUEST");
    }
    if (!onDemand && (read == null || write == null)) {
      throw DynamoRefusal.validation(
          INVALID + "ProvisionedThroughput must be specified for index: " + name);
    }
    Capacity capacity =
        read == null || write == null ? Capacity.ON_DEMAND : Capacity.provisioned(read, write);
    capacity = CapacityParameters.more(index, capacity, "index " + name, true);
    return new SecondaryIndex(name, true, keys, projection, capacity);
  }

  private static IndexProjection projection(Parameters index) {
    Parameters projection = index.structure("Projection");
    String type = projection.text("ProjectionType");
    if (type == null) {
      throw DynamoRefusal.validation(INVALID + "Unknown ProjectionType: null");
    }
    List<String> attributes = projection.list("NonKeyAttributes");
    checkProjected(attributes);
    IndexProjection.Kind kind = IndexProjection.Kind.valueOf(type);
    if (kind == IndexProjection.Kind.INCLUDE && attributes.isEmpty()) {
      throw DynamoRefusal.validation(
          INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    if (kind != IndexProjection.Kind.INCLUDE && !attributes.isEmpty()) {
      throw DynamoRefusal.validation(
          INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }
    return new IndexProjection(kind, attributes);
  }

  private static void checkProjected(List<String> attributes) {
    Set<String> seen = new LinkedHashSet<>();
    for (String attribute : attributes) {
      if (!seen.add(attribute)) {
        throw DynamoRefusal.validation(
            INVALID + "Duplicate attribute name in NonKeyAttributes: " + attribute);
      }
      if (attribute.length() > LONGEST_PROJECTED) {
        throw DynamoRefusal.validation(
            INVALID
                + "The name of a projected attribute must have length less than or equal to "
                + LONGEST_PROJECTED);
      }
    }
  }

  /// @throws DynamoRefusal if an attribute is defined that no key uses
  void checkAllUsed(boolean indexed) {
    if (used.size() == definitions.size()) {
      return;
    }
    throw DynamoRefusal.validation(
        indexed
            ? INVALID
                + "Some AttributeDefinitions are not used. AttributeDefinitions: "
                + definitions.keySet()
                + ", keys used: "
                + used
            : INVALID
                + "Number of attributes in KeySchema does not exactly match number of attributes"
                + " defined in AttributeDefinitions");
  }
}
