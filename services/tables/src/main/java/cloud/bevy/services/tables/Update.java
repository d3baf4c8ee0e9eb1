package cloud.bevy.services.tables;

import java.util.List;

/// How an item changes: an update expression after reading.
public record Update(List<UpdateAction> actions) {
  /// The update that changes nothing; it makes an item that has only its key.
  public static final Update NOTHING = new Update(List.of());

  /// Copies the actions.
  public Update {
    actions = List.copyOf(actions);
  }

  /// The paths that are changed, in the order of the expression.
  public List<DocumentPath> paths() {
    return actions.stream().map(UpdateAction::path).toList();
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
