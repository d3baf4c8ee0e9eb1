package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the items of a table, or of a segment of it.
final class Scan implements DynamoOperation {
  private static final int MOST_SEGMENTS = 1_000_000;

  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "ScanInput",
          PagedRead.SELECT,
          PagedRead.INDEX_NAME,
          Shape.whole(
              "TotalSegments", new Constraint.AtLeast(1), new Constraint.AtMost(MOST_SEGMENTS)),
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.TABLE_NAME,
          LegacyShapes.CONDITIONAL_OPERATOR,
          LegacyShapes.SCAN_FILTER,
          Shape.whole(
              "Segment", new Constraint.AtLeast(0), new Constraint.AtMost(MOST_SEGMENTS - 1)),
          Shape.whole("Limit", new Constraint.AtLeast(1)),
          LegacyShapes.ATTRIBUTES_TO_GET,
          Shape.attributes("ExclusiveStartKey"),
          Shape.flag("ConsistentRead"),
          ItemShapes.FILTER_EXPRESSION,
          ItemShapes.PROJECTION_EXPRESSION,
          ItemShapes.EXPRESSION_VALUES,
          ItemShapes.EXPRESSION_NAMES);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Parameters parameters = call.parameters();
    Expressions.checkTogether(
        parameters,
        List.of(ExpressionKind.PROJECTION, ExpressionKind.FILTER),
        List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"));
    PagedRead.checkSelect(parameters);
    PagedRead.start(parameters);
    Long segment = parameters.whole("Segment");
    Long total = parameters.whole("TotalSegments");
    checkSegment(segment, total);
    Expressions expressions = Expressions.of(parameters);
    Projection wanted = parameters.has("AttributesToGet") ? expressions.projection() : null;
    Condition filter = expressions.condition(ExpressionKind.FILTER);
    Projection projection = wanted == null ? expressions.projection() : wanted;
    expressions.checkAllUsed();
    Reading reading = PagedRead.reading(parameters, filter, projection != null);
    Table table = call.tables().table(parameters.tableName());
    SecondaryIndex index = PagedRead.index(parameters, table, projection);
    reading = PagedRead.within(reading, table, index, projection);
    Page page =
        segment == null || total == null
            ? table.scan(0, 1, reading)
            : table.scan(segment.intValue(), total.intValue(), reading);
    PagedRead.checkWhole(parameters, index);
    PagedRead.checkScalars(table, projection, filter);
    ItemAnswer.write(call, index, page, projection);
  }

  private static void checkSegment(@Nullable Long segment, @Nullable Long total) {
    if (segment != null && total == null) {
      throw DynamoRefusal.validation(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (total != null && segment == null) {
      throw DynamoRefusal.validation(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment != null && total != null && segment >= total) {
      throw DynamoRefusal.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              .concat(" Segment: %d is not less than TotalSegments: %d")
              .formatted(segment, total));
    }
  }
}
