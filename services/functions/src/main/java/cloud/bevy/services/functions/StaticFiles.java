package cloud.bevy.services.functions;

import cloud.bevy.foundation.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves a public file: with its type, an entity tag, and ranges.
final class StaticFiles {
  /// One range of RFC 9110, section 14.1.2. Several at once are answered with the whole file.
  private static final Pattern RANGE =
      Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{0,18})|-(\\d{1,18}))");

  private StaticFiles() {}

  /// Answers a `GET` or `HEAD`.
  static void serve(Exchange exchange, String path, StaticFile file, AppFiles files)
      throws IOException {
    String tag = '"' + file.tag() + '"';
    exchange
        .responseHeaders()
        .set("Content-Type", ContentTypes.of(path))
        .set("ETag", tag)
        .set("Accept-Ranges", "bytes")
        .set("Cache-Control", "no-cache")
        .set("X-Content-Type-Options", "nosniff");
    if (known(exchange, tag)) {
      exchange.status(304).sendEmpty();
      return;
    }
    Optional<Part> part = part(exchange, tag, file.size());
    if (part.isPresent() && part.get().from() >= file.size()) {
      exchange.responseHeaders().set("Content-Range", "bytes */" + file.size());
      exchange.status(416).sendEmpty();
    } else if (part.isPresent()) {
      Part some = part.get();
      exchange.responseHeaders().set("Content-Range", some.header(file.size()));
      exchange.status(206);
      send(exchange, files.read(file, some.from(), some.length()), some.length());
    } else {
      send(exchange, files.read(file), file.size());
    }
  }

  private static void send(Exchange exchange, InputStream bytes, long length) throws IOException {
    try (InputStream in = bytes) {
      if (exchange.method().equals("HEAD") || length == 0) {
        exchange.responseHeaders().set("Content-Length", Long.toString(length));
        exchange.sendEmpty();
        return;
      }
      try (OutputStream out = exchange.stream(length)) {
        in.transferTo(out);
      }
    }
  }

  private static boolean known(Exchange exchange, String tag) {
    return exchange.requestHeaders().all("if-none-match").stream()
        .flatMap(header -> List.of(header.split(",")).stream())
        .map(each -> each.strip().replaceFirst("^W/", ""))
        .anyMatch(each -> each.equals(tag) || each.equals("*"));
  }

  private static Optional<Part> part(Exchange exchange, String tag, long size) {
    Optional<String> condition = exchange.requestHeaders().first("if-range");
    if (condition.isPresent() && !condition.get().equals(tag)) {
      return Optional.empty();
    }
    return exchange
        .requestHeaders()
        .first("range")
        .map(RANGE::matcher)
        .filter(Matcher::matches)
        .flatMap(range -> Part.of(range, size));
  }

  private record Part(long from, long length) {
    static Optional<Part> of(Matcher range, long size) {
      if (range.group(3) != null) {
        long suffix = Math.min(size, Long.parseLong(range.group(3)));
        return Optional.of(new Part(suffix == 0 ? size : size - suffix, suffix));
      }
      long from = Long.parseLong(range.group(1));
      long to = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
      return to < from
          ? Optional.empty()
          : Optional.of(new Part(from, Math.min(to, size - 1) - from + 1));
    }

    String header(long size) {
      return "bytes " + from + '-' + (from + length - 1) + '/' + size;
    }
  }
}
