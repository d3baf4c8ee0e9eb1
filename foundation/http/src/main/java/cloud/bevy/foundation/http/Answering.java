package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The task that has one request answered, whatever the handler does.
final class Answering implements Runnable {
  private static final int INTERNAL_ERROR = 500;

  private final HttpServer server;
  private final ServerConnection connection;
  private final ServerExchange exchange;

  Answering(HttpServer server, ServerConnection connection, ServerExchange exchange) {
    this.server = server;
    this.connection = connection;
    this.exchange = exchange;
  }

  /// An answer to what never became a request.
  static ByteBuf refusal(int status, String reason, String date) {
    byte[] body = (reason + '\n').getBytes(StandardCharsets.UTF_8);
    Headers headers =
        new Headers()
            .add("Date", date)
            .add("Content-Type", "text/plain; charset=utf-8")
            .add("Content-Length", Integer.toString(body.length))
            .add("Connection", "close");
    if (status == 503) {
      headers.add("Retry-After", "1");
    }
    return Unpooled.wrappedBuffer(Heads.response(status, headers), Unpooled.wrappedBuffer(body));
  }

  @Override
  public void run() {
    try {
      answer();
    } catch (IOException gone) {
      // The caller left while being told of a failure. There is nobody else to tell.
    } finally {
      exchange.over();
      connection.handlerReturned(exchange);
    }
  }

  private void answer() throws IOException {
    try {
      server.handler().handle(exchange);
      exchange.returned();
      if (!exchange.answered()) {
        apologise("no answer was given");
      }
    } catch (IOException failure) {
      recover(failure);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
      apologise(fault.toString());
    }
  }

  private void recover(IOException failure) throws IOException {
    int bodyFault = connection.bodyFault();
    if (bodyFault != 0 && exchange.silent()) {
      exchange.replace(bodyFault, "the body of the request could not be received");
    } else if (!callerIsGone()) {
      apologise(failure.toString());
    }
  }

  private boolean callerIsGone() {
    return connection.out().failure() != null || exchange.inbound().failure() != null;
  }

  private void apologise(String reason) throws IOException {
    String request = exchange.method() + ' ' + exchange.path();
    server
        .world()
        .log()
        .error("request " + exchange.requestId() + " (" + request + ") failed: " + reason);
    if (exchange.silent()) {
      exchange.replace(INTERNAL_ERROR, "internal error in request " + exchange.requestId());
    }
  }
}
