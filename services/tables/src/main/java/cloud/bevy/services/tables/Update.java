package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an item changes: an update expression after reading.
///
/// @param mismatch what is said where a value is not of the type that an action needs
public record Update(List<UpdateAction> actions, String mismatch) {
  /// The update that changes nothing; it makes an item that has only its key.
  public static final Update NOTHING = new Update(List.of());

  /// Copies the actions.
  public Update {
    actions = List.copyOf(actions);
  }

  /// What an update expression says.
  public Update(List<UpdateAction> actions) {
    this(actions, "An operand in the update expression has an incorrect data type");
  }

  /// What is said by attribute, as before there were expressions.
  public static Update byAttribute(List<UpdateAction> actions) {
    return new Update(actions, "Type mismatch for attribute to update");
  }

  /// The paths that are changed, in the order of the expression.
  public List<DocumentPath> paths() {
    return actions.stream().map(UpdateAction::path).toList();
  }

  /// Whether it does nothing but take away: there is something to take, and only where there is an
  /// item.
  boolean onlyRemoves() {
    return !actions.isEmpty()
        && actions.stream()
            .allMatch(action ->
                action instanceof UpdateAction.Remove || action instanceof UpdateAction.Delete);
  }

  /// Refuses an update that no item of a table can have, whatever the item is.
  ///
  /// @throws InvalidRequest if a key attribute would change, or one of an index would become
  ///   something that it cannot be
  public void check(TableDefinition table) {
    checkKeys(table.keys());
    for (SecondaryIndex index : table.globalFirst()) {
      for (KeyAttribute attribute : index.keys().attributes()) {
        check(index, attribute);
      }
    }
    List<DocumentPath> all = new ArrayList<>(paths());
    for (UpdateAction action : actions) {
      if (action instanceof UpdateAction.Set(DocumentPath _, SetValue value)) {
        collect(value, all);
      }
    }
    table.checkScalars(all);
  }

  private void check(SecondaryIndex index, KeyAttribute attribute) {
    DocumentPath path = DocumentPath.of(attribute.name());
    for (UpdateAction action : actions) {
      String type = action.path().equals(path) ? type(action) : null;
      if (type != null && !type.equals(attribute.type().name())) {
        throw index.mismatch(attribute, type);
      }
    }
  }

  /// The paths that a value is made of.
  private static void collect(SetValue value, List<DocumentPath> paths) {
    switch (value) {
      case SetValue.Literal _ -> {}
      case SetValue.Path(DocumentPath path) -> paths.add(path);
      case SetValue.IfNotExists(DocumentPath path, SetValue otherwise) -> {
        paths.add(path);
        collect(otherwise, paths);
      }
      case SetValue.Plus(SetValue left, SetValue right) -> collect(left, right, paths);
      case SetValue.Minus(SetValue left, SetValue right) -> collect(left, right, paths);
      case SetValue.ListAppend(SetValue left, SetValue right) -> collect(left, right, paths);
    }
  }

  private static void collect(SetValue left, SetValue right, List<DocumentPath> paths) {
    collect(left, paths);
    collect(right, paths);
  }

  /// The type that an action is for, as far as it can be told without the item.
  private static @Nullable String type(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set(DocumentPath _, SetValue value) ->
          switch (value) {
            case SetValue.Literal(AttributeValue literal) -> literal.type();
            case SetValue.Plus _, SetValue.Minus _ -> "N";
            case SetValue.ListAppend _ -> "L";
            case SetValue.Path _, SetValue.IfNotExists _ -> null;
          };
      case UpdateAction.Add(DocumentPath _, AttributeValue value) -> value.type();
      case UpdateAction.Delete(DocumentPath _, AttributeValue value) -> value.type();
      case UpdateAction.Remove _ -> null;
    };
  }

  /// Refuses an update of the key.
  ///
  /// @throws InvalidRequest if a key attribute would change
  public void checkKeys(KeySchema schema) {
    for (UpdateAction action : actions) {
      String attribute = action.path().attribute();
      if (schema.contains(attribute)) {
        throw InvalidRequest.parameter(
            "Cannot update attribute %s. This attribute is part of the key".formatted(attribute));
      }
    }
  }

  /// What `item` becomes.
  ///
  /// @throws InvalidRequest if a path or a type does not fit the item
  public Item applyTo(Item item) {
    return UpdateApplication.apply(this, item);
  }
}
