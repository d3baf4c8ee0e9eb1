package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Decides where a request goes, by this order: the host where it is a web site's, at which nobody
/// signs; the service it is signed for; the operation in `X-Amz-Target`, or that a browser asks
/// whether a page may send one; the host (an app, a bucket, OpenSearch, a web site with a name of
/// its own); the path; a name with a password, which OpenSearch's clients alone send. What is left
/// is S3 by path.
///
/// Unsigned requests with a host that is not ours are refused, since a page from elsewhere whose
/// name was made to resolve to this machine could otherwise read the answers (DNS rebinding).
/// Signed ones are not: no such page can sign, and containers know this machine by other names.
///
/// @param services the AWS services there are, by the name in signatures
/// @param names what this machine answers to
/// @param sites whether a name that is not among them is a web site's
record Router(Set<String> services, HostNames names, Predicate<String> sites) {
  static final String STORAGE = "s3";
  static final String WEBSITES = "s3-website";
  static final String TABLES = "dynamodb";
  static final String SEARCH = "es";
  static final String SEARCH_PATH = "/_opensearch";
  private static final String BASIC = "Basic ";
  static final String CONTROL_PATH = "/_bevy/";
  static final String REPLICATION_PATH = "/hypercore";
  static final String MQTT_PATH = "/mqtt";

  Route route(Exchange exchange) {
    HostNames.Meaning meaning =
        names.read(exchange.requestHeaders().first("Host").orElse("localhost"));
    if (meaning instanceof HostNames.Meaning.Website) {
      return service(WEBSITES);
    }
    Optional<String> signedFor = Claim.service(exchange);
    if (signedFor.isPresent()) {
      return service(signedFor.get());
    }
    if (exchange.requestHeaders().first("X-Amz-Target").orElse("").startsWith("DynamoDB")
        || asksForTables(exchange)) {
      return service(TABLES);
    }
    return switch (meaning) {
      case HostNames.Meaning.Website website -> service(WEBSITES);
      case HostNames.Meaning.Storage storage -> service(STORAGE);
      case HostNames.Meaning.Search search -> service(SEARCH);
      case HostNames.Meaning.App(String name) -> new Route.App(name);
      case HostNames.Meaning.Machine machine -> byPath(exchange);
      case HostNames.Meaning.Foreign(String host) -> foreign(exchange, host);
    };
  }

  /// Whether a browser asks if a page may ask for tables: it names the headers that the page wants
  /// to send, and only these requests have that one.
  private static boolean asksForTables(Exchange exchange) {
    return exchange.method().equals("OPTIONS")
        && exchange
            .requestHeaders()
            .first("Access-Control-Request-Headers")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .contains("x-amz-target");
  }

  private Route foreign(Exchange exchange, String host) {
    if (sites.test(host)) {
      return service(WEBSITES);
    }
    return hasPassword(exchange)
        ? service(SEARCH)
        : new Route.Refused(
            421,
            "this machine does not answer to \"" + host + "\": use localhost, or sign requests");
  }

  private Route service(String name) {
    return services.contains(name) ? new Route.Service(name) : new Route.NoService(name);
  }

  private Route byPath(Exchange exchange) {
    if (exchange.path().startsWith(CONTROL_PATH)) {
      return fromElsewhere(exchange)
          ? new Route.Refused(403, "the control API is not for pages in a browser")
          : new Route.Control();
    }
    if (exchange.path().equals(REPLICATION_PATH) && exchange.requestHeaders().has("Upgrade")) {
      return new Route.Replication();
    }
    if (exchange.path().equals(MQTT_PATH) && exchange.requestHeaders().has("Upgrade")) {
      return new Route.Mqtt();
    }
    return switch (exchange.path()) {
      case "/healthz" -> own(exchange, Route.Answer.HEALTH);
      case "/readyz" -> own(exchange, Route.Answer.READINESS);
      case "/metrics" -> own(exchange, Route.Answer.METRICS);
      case "/" -> hasPassword(exchange) ? service(SEARCH) : root(exchange);
      default -> service(isSearch(exchange) ? SEARCH : STORAGE);
    };
  }

  private static boolean isSearch(Exchange exchange) {
    String path = exchange.path();
    return path.equals(SEARCH_PATH) || path.startsWith(SEARCH_PATH + "/") || hasPassword(exchange);
  }

  /// Whether somebody says a name and a password, which no page from elsewhere knows.
  private static boolean hasPassword(Exchange exchange) {
    String given = exchange.requestHeaders().first("Authorization").orElse("");
    return given.regionMatches(true, 0, BASIC, 0, BASIC.length());
  }

  /// A program that speaks S3 without credentials says nothing of what it accepts.
  private Route root(Exchange exchange) {
    Optional<String> accepted = exchange.requestHeaders().first("Accept");
    if (accepted.isEmpty() || !reads(exchange)) {
      return service(STORAGE);
    }
    boolean page = accepted.get().contains("text/html");
    return new Route.Own(page ? Route.Answer.WELCOME_PAGE : Route.Answer.WELCOME);
  }

  private static Route own(Exchange exchange, Route.Answer answer) {
    return reads(exchange)
        ? new Route.Own(answer)
        : new Route.Refused(405, "only GET and HEAD are allowed here");
  }

  private static boolean reads(Exchange exchange) {
    return exchange.method().equals("GET") || exchange.method().equals("HEAD");
  }

  /// Whether a browser says that a page of another origin asks: an app's, or a stranger's.
  private static boolean fromElsewhere(Exchange exchange) {
    Headers headers = exchange.requestHeaders();
    String site = headers.first("Sec-Fetch-Site").orElse("none");
    String own = "http://" + headers.first("Host").orElse("");
    boolean sameSite = site.equals("none") || site.equals("same-origin");
    return !sameSite || headers.first("Origin").filter(origin -> !origin.equals(own)).isPresent();
  }
}
