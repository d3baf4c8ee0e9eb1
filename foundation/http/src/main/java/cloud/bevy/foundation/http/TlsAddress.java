package cloud.bevy.foundation.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/// A peer that is spoken to over TLS, and shows a certificate for its name.
public final class TlsAddress extends SocketAddress {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;
  private final String host;

  private TlsAddress(InetSocketAddress address, String host) {
    this.address = address;
    this.host = host;
  }

  /// The peer of that name.
  ///
  /// @param address where it is
  /// @param host the name, or the address, that its certificate must be for
  public static TlsAddress of(InetSocketAddress address, String host) {
    return new TlsAddress(address, host);
  }

  InetSocketAddress address() {
    return address;
  }

  String host() {
    return host;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TlsAddress that
        && address.equals(that.address)
        && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return Objects.hash(address, host);
  }

  @Override
  public String toString() {
    return host + ':' + address.getPort();
  }
}
