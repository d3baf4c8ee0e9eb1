package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The web sites of a test server's cloud behind a door on loopback, for the tests of one class.
final class WebsiteTestServer implements BeforeAllCallback, AfterAllCallback {
  private final S3TestServer server;
  private @Nullable WebsiteDoor sites;
  private @Nullable HttpServer door;

  /// @param server which is to be started before
  WebsiteTestServer(S3TestServer server) {
    this.server = server;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    sites = new WebsiteDoor(server.world(), server.clouds(), "home");
    door = HttpServer.start(server.world(), HttpLimits.DEFAULT, loopback, sites);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    door.close();
  }

  WebsiteDoor door() {
    return sites;
  }

  InetSocketAddress address() {
    return door.address();
  }
}
