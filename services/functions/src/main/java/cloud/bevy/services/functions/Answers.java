package cloud.bevy.services.functions;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers that come from the node and not from a function.
final class Answers {
  private Answers() {}

  /// Answers with a fault, or throws `IOException` where an answer has begun, so that nobody takes
  /// half of it for the whole.
  static void fault(Exchange exchange, FunctionFault fault) throws IOException {
    if (exchange.answered()) {
      throw new IOException(fault.getMessage(), fault);
    }
    refuse(
        exchange, fault.kind().status(), fault.kind().name(), String.valueOf(fault.getMessage()));
  }

  /// Answers with an error.
  static void refuse(Exchange exchange, int status, String error, String message)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("error", error);
    members.put("message", message);
    members.put("requestId", exchange.requestId());
    exchange.status(status).responseHeaders().set("Content-Type", "application/json");
    exchange.send(Json.bytes(members));
  }
}
