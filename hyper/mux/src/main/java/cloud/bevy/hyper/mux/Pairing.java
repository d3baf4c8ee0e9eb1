package cloud.bevy.hyper.mux;

/// Asked when the other side opens a channel that this side has not opened. Called by the task that
/// runs the [Mux]: what it takes, everything else on the stream waits for.
@FunctionalInterface
public interface Pairing {
  /// May call [Mux#open] with the protocol, or one that has its name as an alias; if it does not,
  /// the channel is refused.
  ///
  /// @param protocol as the other side named it
  void requested(Protocol protocol);
}
