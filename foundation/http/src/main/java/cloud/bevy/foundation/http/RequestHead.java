package cloud.bevy.foundation.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;

/// What a request says before its body, once it is known to be sound.
///
/// @param target as on the request line
/// @param path the target's path, still encoded
/// @param query what follows the first `?`
/// @param contentLength of the body; -1 if it comes in chunks
/// @param keepAlive whether the caller may send another request
/// @param expectsContinue whether the caller waits for `100 Continue`
record RequestHead(
    String method,
    String target,
    String path,
    String query,
    Headers headers,
    long contentLength,
    boolean current,
    boolean keepAlive,
    boolean expectsContinue) {
  /// What came of reading a head.
  sealed interface Reading {
    record Sound(RequestHead head) implements Reading {}

    record Refused(int status, String reason) implements Reading {}
  }

  private static final String HOST_CHARACTERS = "-._~!$&'()*+,;=:[]%";

  /// Checks a request against RFC 9112, more strictly than that asks for: whoever sends two lengths
  /// or two hosts is refused, since the next program may believe the other one.
  static Reading read(HttpRequest request, HttpLimits.Head limits) {
    DecoderResult result = request.decoderResult();
    if (result.isFailure()) {
      return undecoded(result.cause());
    }
    if (request.headers().size() > limits.headerCount()) {
      return refused(431, "more than " + limits.headerCount() + " headers");
    }
    try {
      return check(request, Heads.copy(request));
    } catch (IllegalArgumentException bad) {
      return refused(400, "a header holds a character that is not allowed");
    }
  }

  private static Reading undecoded(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line -> refused(414, "the request line is too long");
      case TooLongHttpHeaderException header -> refused(431, "the headers are too large");
      default -> refused(400, "this is not an HTTP request");
    };
  }

  private static Reading check(HttpRequest request, Headers headers) {
    HttpVersion version = request.protocolVersion();
    boolean current = version.equals(HttpVersion.HTTP_1_1);
    if (!current && !version.equals(HttpVersion.HTTP_1_0)) {
      return refused(505, "this server speaks HTTP/1.1");
    }
    String method = request.method().name();
    if (method.equals("CONNECT")) {
      return refused(501, "this server is not a proxy");
    }
    if (!isToken(method)) {
      return refused(400, "the method is not a word");
    }
    String hostFault = hostFault(headers, current);
    if (!hostFault.isEmpty()) {
      return refused(400, hostFault);
    }
    String bodyFault = bodyFault(headers, current);
    if (!bodyFault.isEmpty()) {
      return refused(400, bodyFault);
    }
    return target(method, request.uri(), headers, current);
  }

  private static Reading target(String method, String target, Headers headers, boolean current) {
    String origin = origin(target, headers.first("Host").orElse(""));
    boolean star = method.equals("OPTIONS") && target.equals("*");
    if (!star && (!origin.startsWith("/") || !isVisible(target))) {
      return refused(400, "the request target is neither a path nor a URL of the host");
    }
    int mark = origin.indexOf('?');
    boolean keepAlive = current && !closes(headers);
    RequestHead head =
        new RequestHead(
            method,
            target,
            mark < 0 ? origin : origin.substring(0, mark),
            mark < 0 ? "" : origin.substring(mark + 1),
            headers,
            contentLength(headers),
            current,
            keepAlive,
            current && expects(headers));
    return new Reading.Sound(head);
  }

  /// The path and query of a target in absolute form, if its host is the one in `Host`.
  private static String origin(String target, String host) {
    String start = "http://" + host;
    if (host.isEmpty() || !target.regionMatches(true, 0, start, 0, start.length())) {
      return target;
    }
    String rest = target.substring(start.length());
    return rest.isEmpty() || rest.startsWith("?") ? "/" + rest : rest;
  }

  private static String hostFault(Headers headers, boolean current) {
    List<String> hosts = headers.all("Host");
    if (hosts.isEmpty()) {
      return current ? "the Host header is missing" : "";
    }
    if (hosts.size() > 1) {
      return "there is more than one Host header";
    }
    String host = hosts.getFirst();
    boolean good = !host.isEmpty() && host.chars().allMatch(RequestHead::isHostCharacter);
    return good ? "" : "the Host header is not a host";
  }

  private static String bodyFault(Headers headers, boolean current) {
    List<String> encodings = headers.all("Transfer-Encoding");
    List<String> lengths = headers.all("Content-Length");
    if (headers.has("Sec-WebSocket-Key1")) {
      return "this WebSocket handshake is of a draft from before RFC 6455";
    }
    if (!encodings.isEmpty()) {
      boolean chunked = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
      if (!chunked || !current) {
        return "the only transfer encoding is chunked, in HTTP/1.1";
      }
      return lengths.isEmpty() ? "" : "a body has a length or is chunked, not both";
    }
    boolean good = lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst()));
    return good ? "" : "the Content-Length header is not one number";
  }

  private static long contentLength(Headers headers) {
    return headers.has("Transfer-Encoding")
        ? -1
        : Long.parseLong(headers.first("Content-Length").orElse("0"));
  }

  private static boolean isLength(String text) {
    return !text.isEmpty()
        && text.length() <= 18
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /// Other expectations are let be, as RFC 9110, section 10.1.1 allows: clients of S3 send them.
  private static boolean expects(Headers headers) {
    return headers.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
  }

  static boolean closes(Headers headers) {
    for (String value : headers.all("Connection")) {
      for (String option : value.split(",", -1)) {
        if (option.strip().toLowerCase(Locale.ROOT).equals("close")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isToken(String text) {
    return text.chars().allMatch(each -> Headers.isTokenCharacter((char) each));
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(each -> each > ' ' && each != 0x7F);
  }

  private static boolean isHostCharacter(int each) {
    return (each < 0x80 && Character.isLetterOrDigit(each)) || HOST_CHARACTERS.indexOf(each) >= 0;
  }

  private static Reading refused(int status, String reason) {
    return new Reading.Refused(status, reason);
  }
}
