package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;

/// What lets pages from elsewhere ask for tables, as browsers want to hear it (Fetch Standard). Any
/// page may: who asks signs each request, and nothing is answered for a cookie.
final class DynamoCors {
  /// So many seconds a browser need not ask again: two days.
  private static final String AGE = "172800";

  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,Date";

  private DynamoCors() {}

  /// Adds to an answer what a browser has to find there, if it is one that asks.
  static void answer(Exchange exchange) {
    Headers request = exchange.requestHeaders();
    if (request.first("Origin").isEmpty()) {
      return;
    }
    Headers answer = exchange.responseHeaders();
    answer.set("Access-Control-Allow-Origin", "*");
    answer.set("Access-Control-Expose-Headers", EXPOSED);
    if (exchange.method().equals("OPTIONS")) {
      answer.set("Access-Control-Max-Age", AGE);
      request
          .first("Access-Control-Request-Headers")
          .ifPresent(headers -> answer.set("Access-Control-Allow-Headers", headers));
      request
          .first("Access-Control-Request-Method")
          .ifPresent(method -> answer.set("Access-Control-Allow-Methods", method));
    }
  }
}
