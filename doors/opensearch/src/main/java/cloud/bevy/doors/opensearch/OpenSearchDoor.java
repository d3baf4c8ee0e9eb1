package cloud.bevy.doors.opensearch;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.TableBusy;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// OpenSearch's REST API: an index is a table that has a search index, a document is an item of it.
public final class OpenSearchDoor implements Handler {
  /// What may stand before all paths, at hosts that other doors answer to as well.
  public static final String PREFIX = "/_opensearch";

  private static final String OPAQUE = "X-Opaque-Id";
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_BULK_BYTES = 16 << 20;
  private static final int DEEPEST_PATH = 8;
  private static final Set<String> BULKS = Set.of("_bulk", "_msearch");
  private static final List<Route> ROUTES = Routes.all();

  private static final int BAD_REQUEST = 400;
  private static final int WRONG_METHOD = 405;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;
  private static final int TIMEOUT = 504;

  private final World world;
  private final Indexes indexes;
  private final Callers callers;

  /// The door to the indexes of all clouds of a machine.
  public OpenSearchDoor(World world, Clouds clouds, Indexes indexes) {
    this.world = world;
    this.indexes = indexes;
    callers = new Callers(world, clouds);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Answer answer;
    boolean pretty = false;
    try {
      Parameters parameters = Parameters.read(exchange.query());
      pretty = parameters.bool("pretty", false);
      answer = FilterPath.of(parameters).apply(answer(exchange, parameters));
    } catch (Refused refused) {
      answer = refused.answer();
    }
    send(exchange, answer, pretty);
  }

  private static void send(Exchange exchange, Answer answer, boolean pretty) throws IOException {
    exchange.status(answer.status());
    // What the caller calls the request.
    exchange
        .requestHeaders()
        .first(OPAQUE)
        .ifPresent(name -> exchange.responseHeaders().set(OPAQUE, name));
    if (answer.body() instanceof String text) {
      exchange.responseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
      exchange.send(text.getBytes(StandardCharsets.UTF_8));
    } else {
      exchange.responseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      exchange.send(Json.bytes(answer.body(), pretty));
    }
  }

  private Answer answer(Exchange exchange, Parameters parameters) throws IOException {
    List<String> path = path(exchange.path());
    Optional<String> basic = Callers.basic(exchange);
    byte[] body = new byte[0];
    if (basic.isEmpty()) {
      body = body(exchange, path);
    }
    try (Callers.Caller caller =
        basic.isPresent()
            ? callers.withPassword(basic.get())
            : callers.withSignature(exchange, body)) {
      if (basic.isPresent()) {
        body = body(exchange, path);
      }
      Found found = find(exchange.method(), path);
      Route route = found.route();
      if (route == null) {
        return unknown(exchange, found.methods());
      }
      caller.check(route.writes());
      Place place = new Place(world, caller.lease().cloud(), indexes);
      Call call =
          new Call(exchange.method(), found.named(), parameters, plain(exchange, body), place);
      return run(route.operation(), call);
    }
  }

  /// The decoded parts of a path.
  private static List<String> path(String path) {
    boolean prefixed = path.equals(PREFIX) || path.startsWith(PREFIX + "/");
    String rest = prefixed ? path.substring(PREFIX.length()) : path;
    String[] parts = rest.replaceAll("^/+|/+$", "").split("/", -1);
    if (parts.length > DEEPEST_PATH) {
      throw Refused.illegal("no handler has a path of " + parts.length + " parts");
    }
    return Stream.of(parts).map(part -> Parameters.decoded(part.replace("+", "%2B"))).toList();
  }

  private static byte[] body(Exchange exchange, List<String> path) throws IOException {
    int most = most(path);
    if (exchange.contentLength() > most) {
      throw tooLarge(most);
    }
    byte[] body = exchange.body().readNBytes(most + 1);
    if (body.length > most) {
      throw tooLarge(most);
    }
    return body;
  }

  private static int most(List<String> path) {
    return BULKS.contains(path.getLast()) ? MOST_BULK_BYTES : MOST_BYTES;
  }

  private static Refused tooLarge(int most) {
    return Refused.of(
        TOO_LARGE, "content_too_large_exception", "a body has at most " + most + " bytes here");
  }

  private static byte[] plain(Exchange exchange, byte[] body) throws IOException {
    String encoding = exchange.requestHeaders().first("Content-Encoding").orElse("identity");
    if (!encoding.equals("gzip")) {
      return body;
    }
    int most = most(path(exchange.path()));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(most + 1);
      if (plain.length > most) {
        throw tooLarge(most);
      }
      return plain;
    } catch (ZipException | EOFException broken) {
      throw Refused.illegal("the body is not compressed with gzip: " + broken.getMessage());
    }
  }

  /// The route of a request, or the methods that there are at its path.
  private record Found(@Nullable Route route, Map<String, String> named, Set<String> methods) {}

  private static Found find(String method, List<String> path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : ROUTES) {
      Optional<Map<String, String>> named = route.match(path);
      if (named.isPresent()) {
        methods.addAll(route.methods());
        if (route.methods().contains(method)) {
          return new Found(route, named.get(), methods);
        }
      }
    }
    return new Found(null, Map.of(), methods);
  }

  private static Answer unknown(Exchange exchange, Set<String> methods) {
    String request = "uri [" + exchange.target() + "] and method [" + exchange.method() + "]";
    Map<String, Object> tree = new LinkedHashMap<>();
    if (methods.isEmpty()) {
      tree.put("error", "no handler found for " + request);
      tree.put("status", BAD_REQUEST);
      return new Answer(BAD_REQUEST, tree);
    }
    exchange.responseHeaders().set("Allow", String.join(",", methods));
    tree.put("error", "Incorrect HTTP method for " + request + ", allowed: " + methods);
    tree.put("status", WRONG_METHOD);
    return new Answer(WRONG_METHOD, tree);
  }

  /// Says in OpenSearch's words what goes wrong.
  private Answer run(Operation operation, Call call) {
    try {
      return operation.run(call);
    } catch (SearchRefusal refusal) {
      throw refused(refusal);
    } catch (InvalidRequest invalid) {
      throw Refused.illegal(invalid.getMessage());
    } catch (NoSuchTable none) {
      throw Refused.noIndex(none.table());
    } catch (TableBusy busy) {
      throw Refused.of(
          UNAVAILABLE,
          "cluster_block_exception",
          "table [" + busy.table() + "] is still being restored");
    } catch (CloudFault fault) {
      throw refused(fault);
    } catch (Fault | IllegalStateException fault) {
      world.log().error("an OpenSearch request failed: " + Fault.describe(fault));
      throw Refused.of(INTERNAL, "exception", "Internal server error");
    }
  }

  static Refused refused(SearchRefusal refusal) {
    return Refused.of(refusal.kind().status(), refusal.kind().type(), refusal.getMessage());
  }

  private static Refused refused(CloudFault fault) {
    return switch (fault.kind()) {
      case DISK_FULL ->
          Refused.of(
              TOO_MANY,
              "cluster_block_exception",
              "the disk of this machine is full: nothing was written");
      case BUSY, STOPPED, IN_USE ->
          Refused.of(
              TOO_MANY,
              "rejected_execution_exception",
              "this machine cannot write now: nothing was written");
      case TIMEOUT ->
          Refused.of(
              TIMEOUT,
              "timeout_exception",
              "the disk did not answer in time: the write may or may not last");
      case DAMAGED ->
          Refused.of(INTERNAL, "exception", "stored data is damaged and was not served");
    };
  }
}
