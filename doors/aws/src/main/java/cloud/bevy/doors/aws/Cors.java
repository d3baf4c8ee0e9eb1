package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells browsers which web pages may use a bucket, as its CORS rules say (Amazon S3 User Guide,
/// "Using cross-origin resource sharing"). It allows nothing by itself: the requests that follow
/// are signed or refused like any others.
final class Cors {
  private static final String ASKED_METHOD = "Access-Control-Request-Method";
  private static final String ASKED_HEADERS = "Access-Control-Request-Headers";

  private final BucketFinder buckets;

  Cors(BucketFinder buckets) {
    this.buckets = buckets;
  }

  /// Finds buckets before it is known who asks.
  interface BucketFinder {
    /// The bucket that a request is for, if it is there.
    ///
    /// @throws S3Exception where the request cannot be read
    Optional<BucketLease> find(Exchange exchange) throws S3Exception;
  }

  /// Answers a preflight; to other requests of web pages only adds the headers that their answer
  /// has, be it an error.
  ///
  /// @return whether the request was answered
  /// @throws S3Exception where a preflight is refused
  boolean answers(Exchange exchange) throws IOException {
    if (exchange.method().equals("OPTIONS")) {
      preflight(exchange);
      return true;
    }
    Headers headers = exchange.requestHeaders();
    Optional<String> origin = headers.first("Origin");
    if (origin.isPresent()) {
      String method = headers.first(ASKED_METHOD).orElse(exchange.method());
      rules(exchange).orElse(List.of()).stream()
          .filter(rule -> rule.takes(origin.get(), method) && rule.allows(asked(headers)))
          .findFirst()
          .ifPresent(rule -> allow(exchange, origin.get(), rule));
    }
    return false;
  }

  private void preflight(Exchange exchange) throws IOException {
    Headers headers = exchange.requestHeaders();
    String origin =
        headers
            .first("Origin")
            .orElseThrow(() ->
                S3Error.BAD_REQUEST.refused(
                    "Insufficient information. Origin request header needed."));
    String method = headers.first(ASKED_METHOD).orElse("null");
    List<CorsRule> rules =
        rules(exchange)
            .orElseThrow(() -> forbidden(exchange, "CORSResponse: Bucket not found", "BUCKET"));
    if (rules.isEmpty()) {
      String words = "CORSResponse: CORS is not enabled for this bucket.";
      throw forbidden(exchange, words, "BUCKET");
    }
    if (!CorsRules.knows(method)) {
      throw S3Error.BAD_REQUEST.refused("Invalid Access-Control-Request-Method: " + method);
    }
    List<String> asked = asked(headers);
    CorsRule allowing =
        rules.stream()
            .filter(rule -> rule.takes(origin, method) && rule.allows(asked))
            .findFirst()
            .orElseThrow(
                () -> forbidden(exchange, S3Error.ACCESS_FORBIDDEN.message(), level(exchange)));
    allow(exchange, origin, allowing);
    if (!asked.isEmpty()) {
      exchange.responseHeaders().set("Access-Control-Allow-Headers", String.join(", ", asked));
    }
    exchange.status(200).sendEmpty();
  }

  private static List<String> asked(Headers headers) {
    return headers.all(ASKED_HEADERS).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static S3Exception forbidden(Exchange exchange, String words, String resource) {
    Headers headers = exchange.requestHeaders();
    return S3Error.ACCESS_FORBIDDEN
        .refused(words)
        .with("Method", headers.first(ASKED_METHOD).orElse(exchange.method()))
        .with("ResourceType", resource);
  }

  private static String level(Exchange exchange) {
    String host = exchange.requestHeaders().first("Host").orElse("");
    return S3Target.read(host, exchange.path())
        .map(target -> target.level().name())
        .orElse("BUCKET");
  }

  private static void allow(Exchange exchange, String origin, CorsRule rule) {
    Headers answer = exchange.responseHeaders();
    answer.set("Access-Control-Allow-Origin", rule.anyone() ? "*" : origin);
    answer.set("Access-Control-Allow-Methods", String.join(", ", rule.methods()));
    if (!rule.anyone()) {
      answer.set("Access-Control-Allow-Credentials", "true");
    }
    if (!rule.exposed().isEmpty()) {
      answer.set("Access-Control-Expose-Headers", String.join(", ", rule.exposed()));
    }
    rule.maxAge()
        .ifPresent(seconds -> answer.set("Access-Control-Max-Age", Integer.toString(seconds)));
    answer.set("Vary", "Origin, " + ASKED_HEADERS + ", " + ASKED_METHOD);
  }

  /// The rules of the bucket that a request is for; nothing where there is no such bucket.
  private Optional<List<CorsRule>> rules(Exchange exchange) throws S3Exception {
    Optional<BucketLease> found = buckets.find(exchange);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (BucketLease lease = found.get()) {
      Optional<String> text = lease.bucket().settings().find(Setting.CORS);
      return Optional.of(text.isPresent() ? CorsRules.kept(text.get()) : List.of());
    }
  }
}
