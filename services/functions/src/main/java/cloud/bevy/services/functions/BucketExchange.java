package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.services.functions.BucketBinding.Body;
import cloud.bevy.services.functions.BucketBinding.Content;
import cloud.bevy.services.functions.BucketBinding.Description;
import cloud.bevy.services.functions.BucketBinding.Name;
import cloud.bevy.services.functions.BucketBinding.Page;
import cloud.bevy.services.functions.BucketBinding.Query;
import cloud.bevy.services.functions.BucketBinding.Range;
import cloud.bevy.services.functions.BucketBinding.Refused;
import cloud.bevy.services.functions.BucketBinding.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers what `bucket.js` asks of one bucket. An object's description travels in a header, as
/// percent-encoded JSON, its bytes as the body.
final class BucketExchange {
  private static final String DESCRIPTION = "bevy-object";
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_SEARCH = 1 << 20;
  private static final Pattern RANGE =
      Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{0,18})|-(\\d{1,18}))");

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,128}");
  private static final Pattern HEADER = Pattern.compile("[ -~\\u00A0-\\u00FF]{0,1024}");

  private final Cloud cloud;
  private final BucketBinding buckets;
  private final String bucket;

  BucketExchange(Cloud cloud, BucketBinding buckets, String bucket) {
    this.cloud = cloud;
    this.buckets = buckets;
    this.bucket = bucket;
  }

  /// Answers one request.
  ///
  /// @param kind what is asked for: `object`, `list` or `search`
  void handle(String kind, Exchange exchange) throws IOException {
    try {
      Map<String, String> query = query(exchange.query());
      if (kind.equals("list")) {
        list(exchange, query);
      } else if (kind.equals("search")) {
        search(exchange);
      } else {
        object(exchange, new Name(bucket, query.getOrDefault("key", "")));
      }
    } catch (Refused refused) {
      Answers.refuse(exchange, 400, refused.code(), String.valueOf(refused.getMessage()));
    } catch (IllegalArgumentException malformed) {
      Answers.refuse(exchange, 400, "InvalidArgument", String.valueOf(malformed.getMessage()));
    }
  }

  private void object(Exchange exchange, Name name) throws IOException, Refused {
    switch (exchange.method()) {
      case "GET" -> get(exchange, name);
      case "HEAD" -> head(exchange, name);
      case "PUT" -> put(exchange, name);
      case "DELETE" -> {
        buckets.delete(cloud, name);
        exchange.status(204).sendEmpty();
      }
      default -> Answers.refuse(exchange, 405, "MethodNotAllowed", exchange.method());
    }
  }

  private void get(Exchange exchange, Name name) throws IOException, Refused {
    Optional<Range> range = exchange.requestHeaders().first("range").map(BucketExchange::range);
    Optional<Body> found = buckets.get(cloud, name, range);
    if (found.isEmpty()) {
      absent(exchange);
      return;
    }
    Body body = found.get();
    describe(exchange, body.description());
    try (InputStream in = body.bytes();
        OutputStream out = exchange.stream(body.part().length())) {
      in.transferTo(out);
    }
  }

  private void head(Exchange exchange, Name name) throws IOException, Refused {
    Optional<Description> found = buckets.head(cloud, name);
    if (found.isEmpty()) {
      absent(exchange);
      return;
    }
    describe(exchange, found.get());
    exchange.sendEmpty();
  }

  private void put(Exchange exchange, Name name) throws IOException, Refused {
    Map<String, Object> sent =
        Json.object(decoded(exchange.requestHeaders().first(DESCRIPTION).orElse("%7B%7D")));
    Map<String, String> metadata = new LinkedHashMap<>();
    if (sent.get("metadata") instanceof Map<?, ?> members) {
      members.forEach((key, value) -> metadata.put("" + key, "" + value));
    }
    Content content = new Content("" + sent.getOrDefault("contentType", ""), metadata);
    check(content);
    if (exchange.contentLength() < 0) {
      throw new Refused(
          "MissingContentLength", "a stream must have a known length: see FixedLengthStream");
    }
    Upload upload = new Upload(exchange.body(), exchange.contentLength());
    Description stored = buckets.put(cloud, name, content, upload);
    exchange.send(Json.bytes(members(stored)));
  }

  /// Others read these as headers.
  private static void check(Content content) {
    boolean good = HEADER.matcher(content.type()).matches();
    for (Map.Entry<String, String> each : content.metadata().entrySet()) {
      good &= NAME.matcher(each.getKey()).matches() && HEADER.matcher(each.getValue()).matches();
    }
    if (!good) {
      throw new IllegalArgumentException(
          "metadata has names of a-z, 0-9, - and _, and values of at most 1,024 characters of"
              + " Latin-1");
    }
  }

  private void list(Exchange exchange, Map<String, String> query) throws IOException, Refused {
    int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
    Page page =
        buckets.list(
            cloud,
            bucket,
            new Query(
                query.getOrDefault("prefix", ""),
                query.getOrDefault("delimiter", ""),
                query.getOrDefault("cursor", ""),
                Math.clamp(limit, 1, MAX_PAGE)));
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("objects", page.objects().stream().map(BucketExchange::members).toList());
    members.put("prefixes", page.prefixes());
    members.put("cursor", page.cursor());
    exchange.send(Json.bytes(members));
  }

  private void search(Exchange exchange) throws IOException, Refused {
    byte[] request = exchange.body().readNBytes(MAX_SEARCH + 1);
    if (request.length > MAX_SEARCH) {
      throw new Refused("InvalidArgument", "a search has at most " + MAX_SEARCH + " bytes");
    }
    exchange.send(Json.bytes(buckets.search(cloud, bucket, request)));
  }

  private static void describe(Exchange exchange, Description description) {
    String json = new String(Json.bytes(members(description)), StandardCharsets.UTF_8);
    exchange
        .responseHeaders()
        .set(DESCRIPTION, URLEncoder.encode(json, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private static void absent(Exchange exchange) throws IOException {
    exchange.status(404).responseHeaders().set("bevy-absent", "true");
    exchange.sendEmpty();
  }

  private static SequencedMap<String, Object> members(Description description) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("key", description.key());
    members.put("size", description.size());
    members.put("etag", description.etag());
    members.put("uploaded", description.uploaded().toString());
    members.put("contentType", description.content().type());
    members.put("metadata", description.content().metadata());
    return members;
  }

  private static Range range(String header) {
    Matcher matcher = RANGE.matcher(header);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a range: " + header);
    }
    if (matcher.group(3) != null) {
      long suffix = Long.parseLong(matcher.group(3));
      return new Range(-suffix, suffix);
    }
    long from = Long.parseLong(matcher.group(1));
    return matcher.group(2).isEmpty()
        ? new Range(from, Long.MAX_VALUE)
        : new Range(from, Long.parseLong(matcher.group(2)) - from + 1);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(text(pair.substring(0, equals)), text(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String text(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static byte[] decoded(String header) {
    return text(header.replace("+", "%2B")).getBytes(StandardCharsets.UTF_8);
  }
}
