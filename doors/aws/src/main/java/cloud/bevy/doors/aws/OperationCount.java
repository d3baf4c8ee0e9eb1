package cloud.bevy.doors.aws;

/// Counts what a door is asked for.
@FunctionalInterface
public interface OperationCount {
  /// Counts nothing.
  OperationCount NONE = (operation, status) -> {};

  /// Counts a request that was answered.
  ///
  /// @param operation its name in the API Reference; `unknown` where it is for none
  /// @param status of HTTP
  void answered(String operation, int status);
}
