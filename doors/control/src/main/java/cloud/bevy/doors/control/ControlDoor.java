package cloud.bevy.doors.control;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of the front door that the command `bevy` speaks to, below `/_bevy/`: JSON, for whoever
/// can read the state folder and so knows its token.
public final class ControlDoor implements Handler {
  /// What the paths of this door begin with.
  public static final String PREFIX = "/_bevy/";

  private static final String SCHEME = "Bearer ";

  /// What is null is said to be.
  private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  private final Log log;
  private final byte[] token;
  private final List<ControlOperation> operations;

  /// @param token what callers have to show
  /// @param operations what can be asked for
  public ControlDoor(Log log, String token, List<ControlOperation> operations) {
    this.log = log;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.operations = List.copyOf(operations);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    try {
      answer(exchange, 200, operation(exchange).answer(ControlRequest.of(exchange)));
    } catch (ControlRefusal refusal) {
      answer(exchange, refusal.status(), refusal.fields());
    } catch (Fault fault) {
      log.warning("control request " + exchange.path() + " failed: " + Fault.describe(fault));
      String message = String.valueOf(fault.getMessage());
      answer(exchange, 503, new ControlRefusal(503, message, fault.hint()).fields());
    }
  }

  private ControlOperation operation(Exchange exchange) throws ControlRefusal {
    if (!shows(exchange, token)) {
      throw new ControlRefusal(401, "the token is missing or wrong", "it is in node.json");
    }
    String path = exchange.path().substring(PREFIX.length());
    return operations.stream()
        .filter(operation -> operation.answers(exchange.method(), path))
        .findFirst()
        .orElseThrow(() -> new ControlRefusal(404, "no such operation: " + path, ""));
  }

  private static boolean shows(Exchange exchange, byte[] token) {
    Optional<String> shown = exchange.requestHeaders().first("Authorization");
    return shown.filter(value -> value.startsWith(SCHEME)).isPresent()
        && MessageDigest.isEqual(
            token, shown.get().substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(Exchange exchange, int status, Map<String, Object> fields)
      throws IOException {
    exchange.responseHeaders().set("Content-Type", "application/json");
    exchange.status(status).send(WRITER.asBytes(fields));
  }
}
