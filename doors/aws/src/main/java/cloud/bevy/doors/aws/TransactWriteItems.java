package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.ExpressionKind;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TransactAction;
import cloud.bevy.services.tables.TransactOutcome;
import cloud.bevy.services.tables.Update;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out up to 100 actions on items of whatever tables together, or none of them.
final class TransactWriteItems implements DynamoOperation {
  static final int MOST_ACTIONS = 100;
  static final int LONGEST_TOKEN = 36;

  private static final String ITEMS = "TransactItems";
  private static final List<String> KINDS = List.of("ConditionCheck", "Put", "Delete", "Update");
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "TransactWriteItemsInput",
          ItemShapes.RETURN_CONSUMED_CAPACITY,
          ItemShapes.RETURN_ITEM_COLLECTION_METRICS,
          Shape.text(
              "ClientRequestToken",
              new Constraint.Shortest(1),
              new Constraint.Longest(LONGEST_TOKEN)),
          Shape.member(
              ITEMS,
              new Shape.ListOf(
                  new Shape.Structure(
                      "TransactWriteItem",
                      action("ConditionCheck", true, ItemShapes.KEY),
                      action("Put", false, Shape.attributes("Item", new Constraint.NotNull())),
                      action("Delete", false, ItemShapes.KEY),
                      action(
                          "Update",
                          false,
                          ItemShapes.KEY,
                          Shape.text("UpdateExpression", new Constraint.NotNull())))),
              new Constraint.NotNull(),
              new Constraint.Shortest(1),
              new Constraint.Longest(MOST_ACTIONS)));

  private static Shape.Member action(String name, boolean checks, Shape.Member... others) {
    List<Shape.Member> members = new ArrayList<>(List.of(others));
    members.add(ItemShapes.TABLE_NAME);
    members.add(
        checks
            ? Shape.text("ConditionExpression", new Constraint.NotNull())
            : ItemShapes.CONDITION_EXPRESSION);
    members.add(ItemShapes.EXPRESSION_NAMES);
    members.add(ItemShapes.EXPRESSION_VALUES);
    members.add(ItemShapes.RETURN_VALUES_ON_FAILURE);
    return Shape.member(name, new Shape.Structure(name, members));
  }

  /// An action, and where it was said.
  private record Asked(String kind, Parameters parameters) {
    boolean showsItem() {
      return parameters.text("ReturnValuesOnConditionCheckFailure", "NONE").equals("ALL_OLD");
    }
  }

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    List<Asked> asked = call.parameters().structures(ITEMS).stream().map(this::asked).toList();
    List<TransactAction> actions = new ArrayList<>();
    List<TransactOutcome.Reason> reasons = new ArrayList<>();
    long bytes = 0;
    boolean broken = false;
    for (Asked each : asked) {
      // Behind one that is invalid nothing is looked at.
      Optional<InvalidRequest> invalid = broken ? Optional.empty() : add(call, each, actions);
      broken = broken || invalid.isPresent();
      reasons.add(invalid.map(TransactOutcome.Reason::invalid).orElse(TransactOutcome.Reason.NONE));
      bytes += size(each);
    }
    if (bytes > TransactAnswer.MOST_BYTES) {
      throw DynamoRefusal.validation("Transaction request size cannot exceed 4194304 bytes");
    }
    if (actions.size() < asked.size()) {
      throw DynamoRefusal.transactionCancelled(reasons);
    }
    List<Boolean> shown = asked.stream().map(Asked::showsItem).toList();
    TransactOutcome outcome =
        call.tables().transact(actions, call.parameters().text("ClientRequestToken"));
    TransactAnswer.write(call, actions, TransactAnswer.done(outcome, shown));
  }

  private Asked asked(Parameters item) {
    List<String> given = KINDS.stream().filter(item::has).toList();
    if (given.size() != 1) {
      throw DynamoRefusal.validation(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    return new Asked(given.getFirst(), item.structure(given.getFirst()));
  }

  private static long size(Asked asked) {
    return asked.kind().equals("Put")
        ? new Item(asked.parameters().neededAttributes("Item")).size()
        : new Item(asked.parameters().neededAttributes("Key")).size();
  }

  /// Adds an action.
  ///
  /// @return why it cannot be one
  /// @throws InvalidRequest if its expressions cannot be read
  private static Optional<InvalidRequest> add(
      DynamoCall call, Asked asked, List<TransactAction> actions) {
    Parameters parameters = asked.parameters();
    Expressions.checkTogether(
        parameters, List.of(ExpressionKind.UPDATE, ExpressionKind.CONDITION), List.of());
    Expressions expressions = Expressions.of(parameters);
    Update update = expressions.update();
    Condition condition = expressions.condition(ExpressionKind.CONDITION);
    expressions.checkAllUsed();
    Table table = call.tables().table(parameters.tableName());
    try {
      actions.add(action(asked, table, update, condition));
      return Optional.empty();
    } catch (InvalidRequest invalid) {
      return Optional.of(invalid);
    }
  }

  private static TransactAction action(
      Asked asked, Table table, Update update, @Nullable Condition condition) {
    Parameters parameters = asked.parameters();
    if (asked.kind().equals("Put")) {
      Item item = new Item(parameters.neededAttributes("Item"));
      table.keys().keyOf(item);
      return new TransactAction.Put(table, item, condition);
    }
    Key key = table.keys().keyFrom(parameters.neededAttributes("Key"));
    if (asked.kind().equals("Update")) {
      update.check(table.description().definition());
      return new TransactAction.Change(table, key, update, condition);
    }
    return condition == null || asked.kind().equals("Delete")
        ? new TransactAction.Delete(table, key, condition)
        : new TransactAction.Check(table, key, condition);
  }
}
