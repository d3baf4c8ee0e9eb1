package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.ImportOrder;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TransferOutcome;
import cloud.bevy.services.tables.TransferPlace;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Begins to make a table of what is in a bucket.
final class ImportTable implements DynamoOperation {
  private static final String SOURCE = "S3BucketSource";
  private static final String OPTIONS = "InputFormatOptions";
  private static final String CREATION = "TableCreationParameters";

  private static final Shape.Member TABLE_NAME =
      Shape.text(
          "TableName",
          new Constraint.NotNull(),
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME),
          new Constraint.Matches(ItemShapes.NAME_PATTERN));

  /// A table's name that is not a member of the request itself is checked for itself.
  private static final Shape.Structure NAMED = new Shape.Structure(CREATION, TABLE_NAME);

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ImportTableInput",
          Shape.text("ClientToken", new Constraint.NotNull(), new Constraint.Matches("^[^\\$]+$")),
          Shape.member(
              SOURCE,
              new Shape.Structure(
                  SOURCE,
                  TransferShapes.OWNER,
                  TransferShapes.BUCKET,
                  Shape.text("S3KeyPrefix", new Constraint.Longest(1024))),
              new Constraint.NotNull()),
          Shape.text(
              "InputFormat",
              new Constraint.NotNull(),
              new Constraint.OneOf(List.of("ION", "CSV", "DYNAMODB_JSON"))),
          Shape.member(
              OPTIONS,
              new Shape.Structure(
                  OPTIONS,
                  Shape.member(
                      "Csv",
                      new Shape.Structure(
                          "CsvOptions",
                          Shape.text(
                              "Delimiter",
                              new Constraint.Longest(1),
                              new Constraint.Matches("[,;:|\\t ]")),
                          Shape.member(
                              "HeaderList",
                              new Shape.ListOf(Shape.Scalar.TEXT),
                              new Constraint.Shortest(1),
                              new Constraint.Longest(255)))))),
          Shape.word("InputCompressionType", "GZIP", "ZSTD", "NONE"),
          Shape.member(
              CREATION,
              new Shape.Structure(
                  CREATION,
                  TABLE_NAME,
                  IndexShapes.NEEDED_ATTRIBUTE_DEFINITIONS,
                  IndexShapes.KEY_SCHEMA,
                  TableAnswer.BILLING_MODE,
                  TableAnswer.PROVISIONED_THROUGHPUT,
                  Shape.member(
                      "SSESpecification",
                      new Shape.Structure("SSESpecification", Shape.flag("Enabled"))),
                  IndexShapes.GLOBAL_INDEXES),
              new Constraint.NotNull()));

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
    Parameters source = parameters.structure(SOURCE);
    ImportOrder order =
        new ImportOrder(
            parameters.needed("ClientToken"),
            new TransferPlace(
                source.needed("S3Bucket"),
                source.text("S3BucketOwner"),
                source.text("S3KeyPrefix")),
            form(parameters),
            definition(parameters.structure(CREATION)));
    switch (call.tables().imports().begin(order)) {
      case TransferOutcome.Begun<Import>(Import task) -> {
        call.json().writeStartObject();
        call.json().writeFieldName("ImportTableDescription");
        ImportAnswer.describe(call, task);
        call.json().writeEndObject();
      }
      case TransferOutcome.OtherRequest<Import> _ -> throw DynamoRefusal.importConflict();
      case TransferOutcome.NameTaken<Import>(String name) -> throw DynamoRefusal.tableExists(name);
    }
  }

  private static ImportOrder.Form form(Parameters parameters) {
    String format = parameters.needed("InputFormat");
    String compression = parameters.text("InputCompressionType");
    if (parameters.structure(OPTIONS).has("Csv") && !format.equals("CSV")) {
      throw DynamoRefusal.validation(
          "InputFormatOptions: Csv can only be specified where InputFormat is CSV");
    }
    return new ImportOrder.Form(format, compression, csv(parameters.structure(OPTIONS)));
  }

  private static ImportOrder.@Nullable Csv csv(Parameters options) {
    Parameters csv = options.structure("Csv");
    List<String> header = csv.list("HeaderList");
    if (header.stream().distinct().count() < header.size() || header.contains("")) {
      throw DynamoRefusal.validation(
          "InputFormatOptions: HeaderList must have names that are not empty and not alike");
    }
    return options.has("Csv") ? new ImportOrder.Csv(csv.text("Delimiter"), header) : null;
  }

  private static TableDefinition definition(Parameters creation) {
    ShapeCheck.check(NAMED, creation);
    IndexParameters keys = IndexParameters.read(creation);
    KeySchema schema = keys.tableKeys(creation);
    Capacity capacity = CapacityParameters.read(creation);
    List<SecondaryIndex> indexes = keys.indexes(creation, schema, capacity);
    keys.checkAllUsed(!indexes.isEmpty());
    if (creation.structure("SSESpecification").flag("Enabled", false)) {
      throw DynamoRefusal.unsupported("SSESpecification");
    }
    return TableDefinition.of(creation.needed("TableName"), schema)
        .with(capacity)
        .withIndexes(indexes);
  }
}
