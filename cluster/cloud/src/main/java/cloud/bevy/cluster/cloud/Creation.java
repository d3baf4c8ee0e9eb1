package cloud.bevy.cluster.cloud;

/// What comes of asking for a new cloud.
public sealed interface Creation {
  /// The cloud was made.
  record Created(CloudSummary summary) implements Creation {}

  /// A cloud of this machine has that name already.
  record NameTaken(CloudSummary summary) implements Creation {}

  /// The name cannot be a cloud's.
  record InvalidName(String reason) implements Creation {}
}
