package cloud.bevy.services.tables;

/// What became of an export or an import that was asked for.
///
/// @param <T> which of the two
public sealed interface TransferOutcome<T> {
  /// It will be done, whatever happens; or it was asked for before, with the same token.
  record Begun<T>(T transfer) implements TransferOutcome<T> {}

  /// Something else was asked for with the same token.
  record OtherRequest<T>() implements TransferOutcome<T> {}

  /// There is a table of the name that the items were to be imported under.
  record NameTaken<T>(String name) implements TransferOutcome<T> {}
}
