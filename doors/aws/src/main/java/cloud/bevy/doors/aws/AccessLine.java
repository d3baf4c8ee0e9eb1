package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.services.buckets.Bucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A line of an access log ("Amazon S3 server access log format" in the Amazon S3 User Guide).
final class AccessLine {
  private static final String NOTHING = "-";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss '+0000]'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// What would let whoever reads the log make the request again.
  private static final Pattern SECRET =
      Pattern.compile("(?i)([?&](?:x-amz-)?(?:signature|security-token)=)[^&]*");

  private final S3Call call;
  private final Exchange exchange;
  private final Bucket bucket;
  private final Instant received;
  private Optional<Duration> took = Optional.empty();

  /// @param bucket whose log it is in
  AccessLine(S3Call call, Bucket bucket, Instant received) {
    this.call = call;
    this.exchange = call.exchange();
    this.bucket = bucket;
    this.received = received;
  }

  /// Makes it the line of the request itself, with what was sent and how long that took.
  AccessLine took(Duration duration) {
    took = Optional.of(duration);
    return this;
  }

  /// The line with its end.
  byte[] write(AccessNotes.Also what) {
    List<String> fields =
        List.of(
            bucket.access().owner().id(),
            bucket.name().text(),
            TIME.format(received),
            exchange.remote().getAddress().getHostAddress(),
            call.caller().account().map(Account::id).orElse(NOTHING),
            exchange.requestId(),
            what.operation(),
            what.key().map(AwsUri::encodePath).orElse(NOTHING),
            quoted(requestLine()),
            Integer.toString(what.status()),
            what.error().map(S3Error::code).orElse(NOTHING),
            took.isPresent() && exchange.sent() > 0 ? Long.toString(exchange.sent()) : NOTHING,
            number(what.size()),
            milliseconds(took),
            milliseconds(took.flatMap(any -> exchange.turnaround())),
            quoted(call.header("Referer").orElse(NOTHING)),
            quoted(call.header("User-Agent").orElse(NOTHING)),
            what.version().orElse(NOTHING),
            NOTHING, // the host's id
            signature(),
            NOTHING, // the cipher suite
            authentication(),
            call.header("Host").map(AccessLine::plain).orElse(NOTHING),
            NOTHING, // the version of TLS
            NOTHING, // the access point
            call.notes().isAllowedByList() ? "Yes" : NOTHING,
            NOTHING); // the region where the request comes from
    return (String.join(" ", fields) + '\n').getBytes(StandardCharsets.ISO_8859_1);
  }

  private String requestLine() {
    String target = SECRET.matcher(exchange.target()).replaceAll("$1REDACTED");
    return exchange.method() + ' ' + target + " HTTP/1.1";
  }

  private String signature() {
    String header = call.header("Authorization").orElse("");
    if (call.query().has("X-Amz-Signature") || header.startsWith("AWS4-")) {
      return "SigV4";
    }
    return call.query().has("Signature") || header.startsWith("AWS ") ? "SigV2" : NOTHING;
  }

  private String authentication() {
    if (call.query().has("X-Amz-Signature") || call.query().has("Signature")) {
      return "QueryString";
    }
    return call.headers().has("Authorization") ? "AuthHeader" : NOTHING;
  }

  private static String milliseconds(Optional<Duration> duration) {
    return duration.map(some -> Long.toString(some.toMillis())).orElse(NOTHING);
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : NOTHING;
  }

  private static String quoted(String text) {
    return '"' + escaped(text, false) + '"';
  }

  /// A text that is one field.
  private static String plain(String text) {
    return text.isEmpty() ? NOTHING : escaped(text, true);
  }

  /// Nothing that callers send ends a field or a line before its end.
  private static String escaped(String text, boolean spaces) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c < ' ' || c == 0x7f || (spaces && c == ' ')) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
