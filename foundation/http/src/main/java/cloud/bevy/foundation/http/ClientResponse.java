package cloud.bevy.foundation.http;

import java.io.InputStream;

/// The answer to a request of [HttpClient]. Must be closed: a body that was read to its end leaves
/// the connection for the next request, otherwise closing ends the connection.
public final class ClientResponse implements AutoCloseable {
  private final int status;
  private final Headers headers;
  private final InputStream body;
  private final Runnable release;

  ClientResponse(int status, Headers headers, InputStream body, Runnable release) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.release = release;
  }

  /// The status.
  public int status() {
    return status;
  }

  /// The headers.
  public Headers headers() {
    return headers;
  }

  /// The body, with chunks already joined. Blocks until bytes arrive, and throws `IOException` if
  /// the peer goes away or falls silent. Another task may close the answer to end the wait.
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    release.run();
  }
}
