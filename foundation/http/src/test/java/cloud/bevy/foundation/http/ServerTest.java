package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// What tests of the server share: a server for each test, and sockets to talk to it.
abstract class ServerTest {
  static final Duration LONG = Duration.ofSeconds(20);
  static final Duration SHORT = Duration.ofMillis(60);

  final World world = RealWorld.create(System.out);
  private final List<AutoCloseable> opened = new ArrayList<>();

  HttpServer serve(Handler handler) throws IOException {
    return serve(HttpLimits.DEFAULT, handler);
  }

  HttpServer serve(HttpLimits limits, Handler handler) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return keep(HttpServer.start(world, limits, any, handler));
  }

  RawClient connect(HttpServer server) throws IOException {
    return keep(new RawClient(server.address()));
  }

  <T extends AutoCloseable> T keep(T one) {
    opened.add(one);
    return one;
  }

  /// Answers with what was sent.
  static void echo(Exchange exchange) throws IOException {
    byte[] body = exchange.body().readAllBytes();
    exchange.responseHeaders().set("X-Target", exchange.target());
    exchange.send(body);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }
}
