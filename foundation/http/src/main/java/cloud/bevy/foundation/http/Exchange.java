package cloud.bevy.foundation.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// A request and its answer. Owned by the one task that runs the [Handler]; not safe for use by
/// several tasks, except that one may read [#body] while another writes the answer.
public interface Exchange {
  /// The method, as sent: `GET`.
  String method();

  /// What stood on the request line, byte for byte: `/a%20b?c=d`.
  String target();

  /// The part of [#target] before the first `?`, still percent-encoded.
  String path();

  /// The part of [#target] after the first `?`, still percent-encoded; empty if there is none.
  String query();

  /// The headers of the request.
  Headers requestHeaders();

  /// Where the request comes from.
  InetSocketAddress remote();

  /// A name for this request that no other has, for logs and for the caller: 16 hex digits.
  String requestId();

  /// The size of the request's body in bytes: 0 if it has none, -1 if it is sent in chunks.
  long contentLength();

  /// The request's body, with chunks already joined. Blocks until bytes arrive, and holds no more
  /// than a window of them in memory. A caller that waits for `100 Continue` is told to go on when
  /// this is asked for the first time. What is left unread when the handler returns is thrown away.
  ///
  /// Reading throws `IOException` if the caller goes away, falls silent, or sends bad chunks.
  InputStream body();

  /// Sets the answer's status; 200 if never called. Must come before the answer begins.
  Exchange status(int code);

  /// The answer's status.
  int status();

  /// The headers of the answer; read when the answer begins. `Content-Length`, `Transfer-Encoding`,
  /// `Connection` and `Date` are added by the server.
  Headers responseHeaders();

  /// Whether the answer has begun, so that status and headers can no longer change.
  boolean answered();

  /// How many bytes of the answer's body were handed over so far; those of a body that is not sent,
  /// as a `HEAD` request has none, do not count.
  long sent();

  /// How long it took from the last byte of the request until the answer began; nothing while it
  /// has not begun, or where it began before the request had ended.
  Optional<Duration> turnaround();

  /// Answers with the whole body. The array belongs to the exchange from now on.
  ///
  /// @throws IllegalStateException if the answer has begun
  void send(byte[] body) throws IOException;

  /// Answers without a body. A `Content-Length` among the response headers is kept where the
  /// request is a `HEAD` or the status is 304.
  ///
  /// @throws IllegalStateException if the answer has begun
  void sendEmpty() throws IOException;

  /// Begins the answer and returns the stream for its body, to be closed at its end. Writing blocks
  /// while the caller does not read, and throws `IOException` once it is gone. `flush` sends what
  /// is buffered. What is written to a `HEAD` request is thrown away. A stream that is not closed
  /// when the handler returns, or that is closed before `length` bytes were written, ends the
  /// connection.
  ///
  /// @param length how many bytes will be written, or -1 if that is not known
  /// @throws IllegalStateException if the answer has begun
  OutputStream stream(long length) throws IOException;

  /// Makes a WebSocket of the connection, if that is what the request asks for in the way of RFC
  /// 6455. It lives until it is closed or the handler returns. The response headers that were set
  /// go with the answer.
  ///
  /// @return nothing where the request is no handshake, or one that the terms do not allow: the
  ///   caller has been told so with status 400, 403 or 426
  /// @throws IllegalStateException if the answer has begun
  Optional<WebSocket> webSocket(WebSocketTerms terms) throws IOException;
}
