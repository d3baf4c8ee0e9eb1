package cloud.bevy.services.functions;

/// What deploying a bundle comes to.
public sealed interface Deployment {
  /// The app is there, and durable.
  ///
  /// @param app what was deployed
  /// @param files how many files it has
  record Deployed(App app, int files) implements Deployment {}

  /// Nothing has changed.
  ///
  /// @param reason what is wrong with the bundle and what would be right, for whoever wrote it
  record Refused(String reason) implements Deployment {}
}
