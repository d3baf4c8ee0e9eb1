package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Capacity;
import cloud.bevy.services.tables.RestoreOutcome;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a request says of a table that is to be restored, apart from what it is restored from.
final class RestoreOverrides {
  static final Shape.Member TARGET =
      Shape.text(
          "TargetTableName",
          new Constraint.NotNull(),
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME),
          new Constraint.Matches(ItemShapes.NAME_PATTERN));

  static final Shape.Member BILLING =
      Shape.word("BillingModeOverride", "PROVISIONED", "PAY_PER_REQUEST");
  static final Shape.Member THROUGHPUT =
      Shape.member("ProvisionedThroughputOverride", TableAnswer.PROVISIONED_THROUGHPUT.shape());
  static final Shape.Member GLOBAL =
      Shape.member("GlobalSecondaryIndexOverride", IndexShapes.GLOBAL_INDEXES.shape());
  static final Shape.Member LOCAL =
      Shape.member("LocalSecondaryIndexOverride", IndexShapes.LOCAL_INDEXES.shape());
  static final Shape.Member ENCRYPTION =
      Shape.member(
          "SSESpecificationOverride",
          new Shape.Structure("SSESpecification", Shape.flag("Enabled")));

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Map<String, String> MEANINGS =
      Map.of(
          BILLING.name(), "BillingMode",
          THROUGHPUT.name(), TableAnswer.PROVISIONED_THROUGHPUT.name(),
          GLOBAL.name(), IndexShapes.GLOBAL_INDEXES.name(),
          LOCAL.name(), IndexShapes.LOCAL_INDEXES.name());

  private final Parameters request;

  /// The same under the names that `CreateTable` has for it.
  private final Parameters meant;

  RestoreOverrides(Parameters request) {
    this.request = request;
    Map<String, Object> members = new LinkedHashMap<>();
    MEANINGS.forEach((name, meaning) -> {
      Object value = request.members().get(name);
      if (value != null && !value.equals(List.of())) {
        members.put(meaning, value);
      }
    });
    meant = new Parameters(members);
  }

  /// What the table is to be.
  ///
  /// @throws DynamoRefusal if the source has no such indexes, or throughput does not go together
  TableDefinition of(TableDefinition source) {
    if (request.structure(ENCRYPTION.name()).flag("Enabled", false)) {
      throw DynamoRefusal.unsupported(ENCRYPTION.name());
    }
    Capacity capacity = CapacityParameters.read(meant, source.capacity());
    TableDefinition target = source.restored(request.needed(TARGET.name())).with(capacity);
    List<SecondaryIndex> given =
        IndexParameters.read(meant)
            .using(target.indexes(), target.keys())
            .indexes(meant, target.keys(), capacity);
    given.forEach(index -> checkKnown(index, target));
    List<SecondaryIndex> indexes = new ArrayList<>(given);
    for (SecondaryIndex index : target.indexes()) {
      if (!request.has((index.global() ? GLOBAL : LOCAL).name())) {
        indexes.add(index.global() ? index.with(capacity(index, capacity)) : index);
      }
    }
    return target.withIndexes(indexes);
  }

  private static void checkKnown(SecondaryIndex given, TableDefinition source) {
    boolean known =
        source
            .index(given.name())
            .filter(index ->
                index.global() == given.global()
                    && index.keys().equals(given.keys())
                    && index.projection().kind() == given.projection().kind()
                    && Set.copyOf(index.projection().attributes())
                        .equals(Set.copyOf(given.projection().attributes())))
            .isPresent();
    if (!known) {
      throw DynamoRefusal.validation(
          INVALID + "Index does not match an index of the source table: " + given.name());
    }
  }

  private static Capacity capacity(SecondaryIndex index, Capacity table) {
    if (table.onDemand()) {
      return Capacity.ON_DEMAND;
    }
    if (index.capacity().onDemand()) {
      throw DynamoRefusal.validation(
          INVALID + "ProvisionedThroughput must be specified for index: " + index.name());
    }
    return index.capacity();
  }

  /// Answers with the table that is being restored.
  ///
  /// @param gone what to say where there is nothing to restore from any more
  static void answer(DynamoCall call, RestoreOutcome outcome, DynamoRefusal gone)
      throws IOException {
    switch (outcome) {
      case RestoreOutcome.Begun(Table table) ->
          TableAnswer.write(
              call, TableAnswer.Status.CREATING, table.description(), TableAnswer.EMPTY);
      case RestoreOutcome.NameTaken(String name, boolean restoring) ->
          throw restoring ? DynamoRefusal.tableInUse(name) : DynamoRefusal.alreadyExists(name);
      case RestoreOutcome.TooMany(int most) ->
          throw DynamoRefusal.limitExceeded(
              "Too many concurrent restores: up to %d tables can be restored at once"
                  .formatted(most));
      case RestoreOutcome.SourceGone() -> throw gone;
    }
  }
}
