package cloud.bevy.doors.http;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// The control API under `/_bevy/`: what the command line asks of a running machine, in JSON. Who
/// calls must show the token from the state folder, so that being able to read that folder is what
/// makes somebody the machine's owner, and no web page or other user of the machine is one.
/// Refusals are objects with a `message` and a `hint`.
public final class ControlDoor implements Handler {
  private static final String BEARER = "Bearer ";
  private static final String HOLE = "{}";

  private final byte[] token;
  private final List<ControlOperation> operations;

  /// @param token what callers must show
  public ControlDoor(String token, Machine machine) {
    this.token = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    this.operations =
        List.of(
            new GetStatus(machine),
            new Stop(machine),
            new GetCredentials(machine),
            new ListClouds(machine),
            new CreateCloud(machine));
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    ControlCall unnamed = ControlCall.of(exchange, "");
    if (!authorized(exchange)) {
      unnamed.refuse(
          401,
          "the control API wants the token that is in node.json of the state folder",
          "run bevy as the user who started the cloud");
      return;
    }
    for (ControlOperation operation : operations) {
      Optional<String> name = match(operation.route(), exchange);
      if (name.isPresent()) {
        answer(operation, ControlCall.of(exchange, name.get()));
        return;
      }
    }
    unnamed.refuse(
        404,
        "there is no operation " + exchange.method() + " " + exchange.path(),
        "this bevy and the running one may be of different versions: compare bevy version");
  }

  private static void answer(ControlOperation operation, ControlCall call) throws IOException {
    try {
      operation.answer(call);
    } catch (CloudFault fault) {
      if (call.exchange().answered()) {
        throw fault;
      }
      call.refuse(503, String.valueOf(fault.getMessage()), fault.hint());
    }
  }

  private boolean authorized(Exchange exchange) {
    String shown = exchange.requestHeaders().first("Authorization").orElse("");
    return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
  }

  /// The name in a path, empty where the operation has none; nothing if it is another operation's.
  private static Optional<String> match(String route, Exchange exchange) {
    String asked = exchange.method() + ' ' + exchange.path();
    int hole = route.indexOf(HOLE);
    if (hole < 0) {
      return route.equals(asked) ? Optional.of("") : Optional.empty();
    }
    String before = route.substring(0, hole);
    String after = route.substring(hole + HOLE.length());
    if (asked.length() <= before.length() + after.length()
        || !asked.startsWith(before)
        || !asked.endsWith(after)) {
      return Optional.empty();
    }
    String name = asked.substring(before.length(), asked.length() - after.length());
    return name.indexOf('/') < 0 ? Optional.of(name) : Optional.empty();
  }
}
