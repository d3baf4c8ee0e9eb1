package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Shape.Member;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ConditionPaths;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.Reading;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What queries and scans share.
final class PagedRead {
  static final Member SELECT =
      Shape.word(
          "Select", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES");
  static final Member INDEX_NAME =
      Shape.text(
          "IndexName",
          new Constraint.Matches(ItemShapes.NAME_PATTERN),
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME));

  /// What an improper value of a starting key is called without the usual opening.
  private static final List<String> SAID_PLAINLY =
      List.of(
          "contains duplicates",
          "number set",
          "numeric value",
          "significant digits",
          "number with magnitude");

  private static final String INVALID = "One or more parameter values were invalid: ";

  private PagedRead() {}

  /// How the request wants its items read.
  ///
  /// @param projects whether parts of the items are named
  static Reading reading(Parameters parameters, @Nullable Condition filter, boolean projects) {
    Long limit = parameters.whole("Limit");
    return new Reading(
        filter,
        start(parameters),
        limit == null ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE),
        parameters.text("IndexName"),
        projects || parameters.text("Select", "").equals("ALL_ATTRIBUTES"),
        ConsumedCapacity.wanted(parameters));
  }

  /// The same reading: one that is counted goes beyond an index only where that has not all that is
  /// wanted.
  static Reading within(
      Reading reading,
      Table table,
      @Nullable SecondaryIndex index,
      @Nullable Projection projection) {
    boolean all =
        index != null
            && projection != null
            && index.missing(table.description().definition().keys(), projection).isEmpty();
    return all && reading.measured() ? reading.within() : reading;
  }

  /// The key to start after.
  ///
  /// @throws InvalidRequest if one of its values is not proper
  static @Nullable Map<String, AttributeValue> start(Parameters parameters) {
    WireAttributes start = parameters.wireAttributes("ExclusiveStartKey");
    String problem = start == null ? null : start.problem();
    if (problem != null) {
      boolean plainly = SAID_PLAINLY.stream().anyMatch(problem::contains);
      throw new InvalidRequest(
          plainly ? problem : "The provided starting key is invalid: " + problem);
    }
    return start == null ? null : start.checked();
  }

  /// Refuses what does not go with the projection, or with a table that has no index.
  static void checkSelect(Parameters parameters) {
    String select = parameters.text("Select", "");
    boolean projects = parameters.has("ProjectionExpression") || parameters.has("AttributesToGet");
    if (projects && Stream.of("", "SPECIFIC_ATTRIBUTES").noneMatch(select::equals)) {
      throw DynamoRefusal.validation(
          "Cannot specify the %s when choosing to get %s"
              .formatted(
                  parameters.has("AttributesToGet") ? "AttributesToGet" : "ProjectionExpression",
                  select.equals("COUNT") ? "only the Count" : select));
    }
    if (!projects && select.equals("SPECIFIC_ATTRIBUTES")) {
      throw DynamoRefusal.validation(
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
    if (select.equals("ALL_PROJECTED_ATTRIBUTES") && !parameters.has("IndexName")) {
      throw DynamoRefusal.validation(
          "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
  }

  /// Refuses to answer all of an item from a global index that has not all.
  static void checkWhole(Parameters parameters, @Nullable SecondaryIndex index) {
    if (index != null
        && index.global()
        && !index.whole()
        && parameters.text("Select", "").equals("ALL_ATTRIBUTES")) {
      throw DynamoRefusal.validation(
          INVALID
              + "Select type ALL_ATTRIBUTES is not supported for global secondary index %s because"
                  .formatted(index.name())
              + " its projection type is not ALL");
    }
  }

  /// Refuses a projection or a filter that looks into an attribute that is of a key.
  ///
  /// @throws InvalidRequest if one does
  static void checkScalars(
      Table table, @Nullable Projection projection, @Nullable Condition filter) {
    TableDefinition definition = table.description().definition();
    if (projection != null) {
      definition.checkScalars(projection.paths());
    }
    if (filter != null) {
      definition.checkScalars(ConditionPaths.of(filter));
    }
  }

  /// The index that is read; null for the table itself.
  ///
  /// @param projection what is wanted of the items; null for all that is there
  /// @throws DynamoRefusal if there is none of that name, or it cannot answer what is wanted
  static @Nullable SecondaryIndex index(
      Parameters parameters, Table table, @Nullable Projection projection) {
    String name = parameters.text("IndexName");
    if (name == null) {
      return null;
    }
    SecondaryIndex index =
        table
            .description()
            .definition()
            .index(name)
            .orElseThrow(() ->
                DynamoRefusal.validation("The table does not have the specified index: " + name));
    if (!index.global()) {
      return index;
    }
    if (parameters.flag("ConsistentRead", false)) {
      throw DynamoRefusal.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    Set<String> missing = projection == null ? Set.of() : index.missing(table.keys(), projection);
    if (!missing.isEmpty()) {
      throw DynamoRefusal.validation(
          INVALID + "Global secondary index %s does not project %s".formatted(name, missing));
    }
    return index;
  }
}
