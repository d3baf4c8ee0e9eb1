package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeyCondition;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.Statement;
import cloud.bevy.services.tables.WhereClause;
import java.util.List;

/// What `ORDER BY` says.
///
/// Within a partition items come in ascending order of their sort keys; in descending order if that
/// is said, or if an order is said for the partition key alone, as in DynamoDB.
///
/// @param partitions whether partitions are to be in order of their keys
/// @param ascending the order of the partitions
/// @param forward whether items come in ascending order within a partition
record StatementOrder(boolean partitions, boolean ascending, boolean forward) {
  private static final StatementOrder NONE = new StatementOrder(false, true, true);

  /// @throws DynamoRefusal if it cannot be in this order
  static StatementOrder of(Statement.Select select, KeySchema schema, WhereClause where) {
    if (select.order().isEmpty()) {
      return NONE;
    }
    for (Statement.Order order : select.order()) {
      if (order.path().nested() || !schema.contains(order.path().attribute())) {
        throw DynamoRefusal.validation(
            "Attribute %s in ORDER BY clause must be part of the primary key"
                .formatted(order.path().attribute()));
      }
    }
    if (where.partitions() == 0) {
      throw DynamoRefusal.validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    List<Statement.Order> byPartition = those(select, schema.partitions());
    if (where.partitions() > 1 && byPartition.isEmpty()) {
      throw DynamoRefusal.validation(
          "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
              + " WHERE clause.");
    }
    List<Statement.Order> bySort = those(select, schema.sorts());
    if (bySort.stream().map(Statement.Order::forward).distinct().count() > 1) {
      throw DynamoRefusal.validation(
          "The parts of a sort key can only be in ORDER BY clause in the same direction");
    }
    return new StatementOrder(
        !byPartition.isEmpty(),
        byPartition.isEmpty() || byPartition.getFirst().forward(),
        !bySort.isEmpty() && bySort.getFirst().forward());
  }

  private static List<Statement.Order> those(
      Statement.Select select, List<KeyAttribute> attributes) {
    return select.order().stream()
        .filter(order ->
            attributes.stream().anyMatch(each -> each.name().equals(order.path().attribute())))
        .toList();
  }

  /// What the queries go by, in this order.
  List<KeyCondition> keys(WhereClause where) {
    return partitions ? where.keysInOrder(ascending) : where.keys();
  }
}
