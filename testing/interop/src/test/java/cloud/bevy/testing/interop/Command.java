package cloud.bevy.testing.interop;

/// One thing that a [JavaPeer] can do.
@FunctionalInterface
interface Command {
  /// Does it.
  ///
  /// @return what is told as JSON
  Object run(Request request) throws Exception;
}
