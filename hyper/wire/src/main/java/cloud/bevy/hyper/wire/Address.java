package cloud.bevy.hyper.wire;

/// A host and a port.
///
/// @param port 0 to 65535
public record Address(Host host, int port) {
  /// Checks the port.
  public Address {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
    }
  }
}
