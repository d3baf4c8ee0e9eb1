package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.CreateOutcome;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableStatistics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Creates a table. It is ready at once, though the answer says `CREATING`, as clients expect.
final class CreateTable implements DynamoOperation {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final List<String> UNSUPPORTED =
      List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes", "ResourcePolicy");

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "CreateTableInput",
          Shape.member(
              "AttributeDefinitions",
              new Shape.ListOf(
                  new Shape.Structure(
                      "AttributeDefinition",
                      Shape.text("AttributeName", new Constraint.NotNull()),
                      Shape.text(
                          "AttributeType",
                          new Constraint.NotNull(),
                          new Constraint.OneOf(List.of("B", "N", "S"))))),
              new Constraint.NotNull()),
          TableAnswer.TABLE_NAME,
          TableAnswer.BILLING_MODE,
          TableAnswer.PROVISIONED_THROUGHPUT,
          Shape.member(
              "KeySchema",
              new Shape.ListOf(
                  new Shape.Structure(
                      "KeySchemaElement",
                      Shape.text("AttributeName", new Constraint.NotNull()),
                      Shape.text(
                          "KeyType",
                          new Constraint.NotNull(),
                          new Constraint.OneOf(List.of("HASH", "RANGE"))))),
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(2)),
          Shape.anything("LocalSecondaryIndexes"),
          Shape.anything("GlobalSecondaryIndexes"),
          Shape.anything("ResourcePolicy"),
          Shape.member(
              "StreamSpecification",
              new Shape.Structure("StreamSpecification", Shape.flag("StreamEnabled"))),
          Shape.member(
              "SSESpecification", new Shape.Structure("SSESpecification", Shape.flag("Enabled"))),
          Shape.word("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
          Shape.flag("DeletionProtectionEnabled"),
          Shape.member(
              "Tags",
              new Shape.ListOf(
                  new Shape.Structure(
                      "Tag",
                      Shape.text("Key", new Constraint.NotNull()),
                      Shape.text("Value", new Constraint.NotNull())))));

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public boolean aboutTables() {
    return true;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    TableDefinition definition =
        TableDefinition.of(TableAnswer.name(parameters), keys(parameters))
            .with(CapacityParameters.read(parameters))
            .withDeletionProtected(parameters.flag("DeletionProtectionEnabled", false))
            .withTags(tags(parameters));
    checkSupported(parameters);
    switch (call.tables().create(definition)) {
      case CreateOutcome.Created(Table table) ->
          TableAnswer.write(
              call, TableAnswer.Status.CREATING, table.description(), new TableStatistics(0, 0));
      case CreateOutcome.NameTaken(String name) -> throw DynamoRefusal.tableExists(name);
    }
  }

  private static void checkSupported(Parameters parameters) {
    for (String parameter : UNSUPPORTED) {
      if (parameters.has(parameter)) {
        throw DynamoRefusal.unsupported(parameter);
      }
    }
    if (parameters.structure("StreamSpecification").flag("StreamEnabled", false)) {
      throw DynamoRefusal.unsupported("StreamSpecification");
    }
    if (parameters.structure("SSESpecification").flag("Enabled", false)) {
      throw DynamoRefusal.unsupported("SSESpecification");
    }
  }

  private static Map<String, String> tags(Parameters parameters) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Parameters tag : parameters.structures("Tags")) {
      tags.put(tag.needed("Key"), tag.needed("Value"));
    }
    return tags;
  }

  private static KeySchema keys(Parameters parameters) {
    Map<String, KeyType> definitions = new LinkedHashMap<>();
    for (Parameters definition : parameters.structures("AttributeDefinitions")) {
      KeyType type = KeyType.valueOf(definition.needed("AttributeType"));
      if (definitions.put(definition.needed("AttributeName"), type) != null) {
        throw DynamoRefusal.validation(
            INVALID + "Cannot redefine attribute: " + definition.needed("AttributeName"));
      }
    }
    List<Parameters> elements = parameters.structures("KeySchema");
    List<String> names = elements.stream().map(element -> element.needed("AttributeName")).toList();
    checkNames(names, definitions);
    checkTypes(elements);
    boolean indexed =
        parameters.has("LocalSecondaryIndexes") || parameters.has("GlobalSecondaryIndexes");
    if (!indexed && names.size() != definitions.size()) {
      throw DynamoRefusal.validation(
          INVALID
              + "Number of attributes in KeySchema does not exactly match number of attributes"
              + " defined in AttributeDefinitions");
    }
    List<KeyAttribute> attributes =
        names.stream()
            .map(name -> new KeyAttribute(name, definitions.getOrDefault(name, KeyType.S)))
            .toList();
    return new KeySchema(attributes.getFirst(), attributes.size() > 1 ? attributes.get(1) : null);
  }

  private static void checkNames(List<String> names, Map<String, KeyType> definitions) {
    if (names.size() > definitions.size()) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    if (!definitions.keySet().containsAll(names)) {
      throw DynamoRefusal.validation(
          INVALID
              + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + definitions.keySet());
    }
    if (names.size() > 1 && names.getFirst().equals(names.getLast())) {
      throw DynamoRefusal.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
  }

  private static void checkTypes(List<Parameters> elements) {
    if (!elements.getFirst().needed("KeyType").equals("HASH")) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (elements.size() > 1 && !elements.getLast().needed("KeyType").equals("RANGE")) {
      throw DynamoRefusal.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
  }
}
