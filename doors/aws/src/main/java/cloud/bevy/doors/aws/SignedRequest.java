package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;

/// The parts of an HTTP request that a signature covers.
///
/// @param path as sent, still percent-encoded
/// @param query decoded parameters
record SignedRequest(String method, String path, QueryString query, Headers headers) {
  /// The signed parts of a request.
  ///
  /// @param query what [Exchange#query] decodes to
  static SignedRequest of(Exchange exchange, QueryString query) {
    return new SignedRequest(exchange.method(), exchange.path(), query, exchange.requestHeaders());
  }
}
