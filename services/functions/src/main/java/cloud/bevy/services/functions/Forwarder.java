package cloud.bevy.services.functions;

import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.services.functions.FunctionFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Passes a request on to the engine and its answer back, both while they arrive.
final class Forwarder {
  /// Headers that are between two neighbours (RFC 9110, section 7.6.1), and those that the server
  /// and client write themselves.
  private static final Set<String> BETWEEN_NEIGHBOURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// Says to the engine that a request is an event. Requests from outside never have it.
  private static final String EVENT = "bevy-event";

  private static final int PIECE = 32 << 10;

  private final HttpClient client;
  private final Duration answer;

  /// @param answer how long to wait for the head of an answer
  Forwarder(HttpClient client, Duration answer) {
    this.client = client;
    this.answer = answer;
  }

  /// Answers `exchange` with what the function answers.
  ///
  /// @throws FunctionFault if it does not
  /// @throws IOException if the caller is gone
  void forward(Exchange exchange, String app, EngineRun run) throws IOException {
    try (ClientResponse response = send(request(exchange), app, run)) {
      run.alive();
      answer(exchange, response, run);
    }
  }

  /// Tells the function of an event.
  ///
  /// @return whether it has taken it
  /// @throws FunctionFault if it does not answer
  boolean tell(String app, byte[] event, EngineRun run) {
    Headers headers = new Headers();
    headers.set(EVENT, "1");
    headers.set("Content-Type", "application/json");
    ClientRequest request =
        new ClientRequest("POST", "/", headers, new ClientRequest.Body.Bytes(event));
    try (ClientResponse response = send(request, app, run)) {
      run.alive();
      return response.status() / 100 == 2;
    }
  }

  /// Tells the function of records.
  ///
  /// @return what it answers
  /// @throws FunctionFault if it does not answer
  FeedReply feed(String app, byte[] batch, EngineRun run) {
    Headers headers = new Headers();
    headers.set(EVENT, "stream");
    headers.set("Content-Type", "application/json");
    ClientRequest request =
        new ClientRequest("POST", "/", headers, new ClientRequest.Body.Bytes(batch));
    try (ClientResponse response = send(request, app, run)) {
      run.alive();
      return new FeedReply(response.status(), response.body().readNBytes(FeedReply.MOST_BYTES + 1));
    } catch (IOException lost) {
      throw lost(run, lost);
    }
  }

  private ClientResponse send(ClientRequest request, String app, EngineRun run) {
    UnixDomainSocketAddress socket = run.engine().sockets().get(app);
    if (socket == null) {
      throw new FunctionFault(Kind.FunctionStopped, "app " + app + " is being replaced");
    }
    try {
      return client.send(socket, request, answer);
    } catch (SocketTimeoutException late) {
      throw new FunctionFault(
          Kind.FunctionTimedOut, "the function did not answer within " + answer.toSeconds() + " s");
    } catch (IOException lost) {
      throw lost(run, lost);
    }
  }

  private void answer(Exchange exchange, ClientResponse response, EngineRun run)
      throws IOException {
    exchange.status(response.status());
    copy(response.headers(), exchange.responseHeaders());
    Optional<Long> length = response.headers().first("content-length").map(Long::parseLong);
    if (length.isPresent() && (length.get() == 0 || exchange.method().equals("HEAD"))) {
      exchange.responseHeaders().set("Content-Length", Long.toString(length.get()));
      exchange.sendEmpty();
      return;
    }
    try (OutputStream out = exchange.stream(length.orElse(-1L))) {
      byte[] piece = new byte[PIECE];
      for (int count = read(response.body(), piece, run);
          count >= 0;
          count = read(response.body(), piece, run)) {
        out.write(piece, 0, count);
        out.flush();
      }
    }
  }

  private static int read(InputStream body, byte[] into, EngineRun run) throws IOException {
    try {
      int count = body.read(into);
      run.alive();
      return count;
    } catch (IOException lost) {
      throw lost(run, lost);
    }
  }

  private static ClientRequest request(Exchange exchange) {
    Headers headers = new Headers();
    copy(exchange.requestHeaders(), headers);
    ClientRequest.Body body =
        exchange.contentLength() == 0
            ? new ClientRequest.Body.Empty()
            : new ClientRequest.Body.Stream(exchange.body(), exchange.contentLength());
    return new ClientRequest(exchange.method(), exchange.target(), headers, body);
  }

  private static void copy(Headers from, Headers to) {
    from.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!BETWEEN_NEIGHBOURS.contains(lower) && !lower.equals(EVENT)) {
        to.add(name, value);
      }
    });
  }

  /// What ended the connection: the watch, the engine, or the caller, in which case the engine goes
  /// on for everybody else.
  private static FunctionFault lost(EngineRun run, IOException lost) {
    if (run.verdict().isEmpty() && run.engine().process().endsSoon()) {
      run.end(run.engine().causeOfDeath());
    }
    Kind why = run.verdict().orElse(Kind.FunctionStopped);
    String message =
        switch (why) {
          case FunctionExceededCpu -> "the functions computed for too long and were stopped";
          case FunctionExceededMemory -> "the functions held too much memory and were stopped";
          case FunctionCrashed -> "the engine ended while the function answered";
          default -> "the function did not answer to the end";
        };
    FunctionFault fault = new FunctionFault(why, message);
    fault.initCause(lost);
    return fault;
  }
}
