package cloud.bevy.foundation.http;

import java.io.InputStream;

/// A request for [HttpClient#send].
///
/// @param method the method: `POST`
/// @param target what stands on the request line, already percent-encoded: `/a%20b?c=d`
/// @param headers the headers; `Host` (if absent), `Content-Length` and `Transfer-Encoding` are
///   added by the client
/// @param body what is sent after the head
public record ClientRequest(String method, String target, Headers headers, Body body) {
  /// What is sent after the head.
  public sealed interface Body {
    /// No body.
    record Empty() implements Body {}

    /// A small body, sent together with the head.
    record Bytes(byte[] bytes) implements Body {}

    /// A body that is read from `source` while it is sent, by a task of its own: an answer may come
    /// before the body's end. The client does not close `source`.
    ///
    /// @param length the size in bytes, or -1 to send chunks
    record Stream(InputStream source, long length) implements Body {}
  }

  /// Checks the method and the target.
  public ClientRequest {
    if (method.isEmpty() || !method.chars().allMatch(c -> Headers.isTokenCharacter((char) c))) {
      throw new IllegalArgumentException("not a method: \"" + method + '"');
    }
    if (target.isEmpty() || !target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("not a request target: \"" + target + '"');
    }
  }

  /// A request without a body.
  public static ClientRequest of(String method, String target) {
    return new ClientRequest(method, target, new Headers(), new Body.Empty());
  }

  /// The same with a body.
  public ClientRequest with(Body next) {
    return new ClientRequest(method, target, headers, next);
  }
}
