package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Answers what the engine's own modules (`table.js`, `bucket.js`) ask for a function. The engine
/// says which app asks, in a header that no function can set; only the tables and buckets that the
/// app's manifest names are its own. Everything else in a request may come from hostile code.
final class BindingsHandler implements Handler {
  /// The header that says which app asks.
  private static final String APP = "bevy-app";

  /// DynamoDB's largest request.
  private static final int MAX_REQUEST = 16 << 20;

  private static final Set<String> OPERATIONS =
      Set.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "Search");

  private final Cloud cloud;
  private final Bindings bindings;
  private final Map<String, App> apps;
  private final Runnable signOfLife;

  BindingsHandler(Cloud cloud, Bindings bindings, Map<String, App> apps, Runnable signOfLife) {
    this.cloud = cloud;
    this.bindings = bindings;
    this.apps = apps;
    this.signOfLife = signOfLife;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    signOfLife.run();
    App app = apps.get(exchange.requestHeaders().first(APP).orElse(""));
    String[] path = exchange.path().split("/", -1);
    if (app == null || path.length < 3) {
      Answers.refuse(exchange, 404, "NotFound", "there is no such binding");
    } else if (path[1].equals("table") && path.length == 4) {
      table(exchange, app, path[2], path[3]);
    } else if (app.manifest().usesBucket(path[2])) {
      new BucketExchange(cloud, bindings.buckets(), path[2]).handle(path[1], exchange);
    } else {
      Answers.refuse(exchange, 403, "AccessDenied", "bucket " + path[2] + " is not the app's own");
    }
  }

  private void table(Exchange exchange, App app, String table, String operation)
      throws IOException {
    byte[] request = exchange.body().readNBytes(MAX_REQUEST + 1);
    if (request.length > MAX_REQUEST) {
      refuseTable(exchange, "the request has more than " + MAX_REQUEST + " bytes");
    } else if (!app.manifest().usesTable(table) || !OPERATIONS.contains(operation)) {
      refuseTable(exchange, operation + " of table " + table + " is not for this app");
    } else if (!Json.member(request, "TableName").equals(Optional.of(table))) {
      refuseTable(exchange, "the request is for another table than " + table);
    } else {
      TableBinding.Answer answer = bindings.tables().call(cloud, operation, request);
      exchange.status(answer.status()).responseHeaders().set("Content-Type", "application/json");
      exchange.send(answer.json());
    }
  }

  private static void refuseTable(Exchange exchange, String message) throws IOException {
    exchange.status(400).responseHeaders().set("Content-Type", "application/json");
    exchange.send(Json.bytes(Map.of("__type", "AccessDeniedException", "message", message)));
  }
}
