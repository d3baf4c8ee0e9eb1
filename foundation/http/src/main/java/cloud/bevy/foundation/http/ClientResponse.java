package cloud.bevy.foundation.http;

import java.io.InputStream;

/// The answer to a request of [HttpClient]. Must be closed: a body that was read to its end leaves
/// the connection for the next request, otherwise closing ends the connection.
public final class ClientResponse implements AutoCloseable {
  private final int status;
  private final Headers headers;
  private final InputStream body;

  ClientResponse(int status, Headers headers, InputStream body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /// The status.
  public int status() {
    return status;
  }

  /// The headers.
  public Headers headers() {
    return headers;
  }

  /// The body, with chunks already joined. Blocks until bytes arrive. May be closed by another task
  /// to give up.
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {}
}
