package cloud.bevy.doors.http;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/// The one port of a machine: hands each request to the door it is for (see [Router] for how that
/// is found out), counts it, and answers `/healthz`, `/readyz`, `/metrics` and `/`.
public final class FrontDoor implements Handler {
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL_ERROR = 500;

  private final World world;
  private final Doors doors;
  private final Router router;
  private final Metrics metrics;

  /// A door to `doors` for those who come by one of `names`.
  public FrontDoor(World world, Doors doors, HostNames names, Metrics metrics) {
    this.world = world;
    this.doors = doors;
    this.router = new Router(doors.services().keySet(), names, doors.sites());
    this.metrics = metrics;
    ProcessMetrics.register(world, metrics);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    long started = world.time().nanos();
    Route route = router.route(exchange);
    boolean returned = false;
    try {
      follow(route, exchange);
      returned = true;
    } finally {
      int status = returned || exchange.answered() ? exchange.status() : INTERNAL_ERROR;
      metrics.request(route.door(), status, world.time().nanos() - started);
    }
  }

  private void follow(Route route, Exchange exchange) throws IOException {
    switch (route) {
      case Route.Service(String name) ->
          Objects.requireNonNull(doors.services().get(name)).handle(exchange);
      case Route.NoService(String name) -> Answers.noService(exchange, name);
      case Route.App(String name) -> doors.apps().handle(name, exchange);
      case Route.Control control -> doors.control().handle(exchange);
      case Route.Replication replication -> doors.replication().handle(exchange);
      case Route.Mqtt mqtt -> doors.mqtt().handle(exchange);
      case Route.Own(Route.Answer answer) -> answer(answer, exchange);
      case Route.Refused(int status, String reason) ->
          Answers.text(exchange.status(status), reason);
    }
  }

  private void answer(Route.Answer answer, Exchange exchange) throws IOException {
    switch (answer) {
      case HEALTH -> Answers.text(exchange, "ok");
      case READINESS -> {
        Optional<String> obstacle = doors.obstacle().get();
        exchange.status(obstacle.isPresent() ? UNAVAILABLE : 200);
        Answers.text(exchange, obstacle.orElse("ready"));
      }
      case METRICS -> Answers.metrics(exchange, metrics.expose());
      case WELCOME_PAGE -> Answers.page(exchange);
      case WELCOME -> Answers.greeting(exchange);
    }
  }
}
