package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Authenticator.SigningContext;
import cloud.bevy.foundation.http.Exchange;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Opens a request's body the way its headers say it was sent.
final class BodyReader {
  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";

  private BodyReader() {}

  /// Opens the body.
  ///
  /// @param kind what the signature says of it
  /// @param context what its chunks are signed with
  /// @throws S3Exception where its length is not said, or said wrong
  static RequestBody open(Exchange exchange, PayloadKind kind, Optional<SigningContext> context)
      throws S3Exception {
    return switch (kind) {
      case PayloadKind.Hashed(String sha256) ->
          new RequestBody(
              new HashedBody(plain(exchange), sha256), exchange.contentLength(), Set.of(), Map::of);
      case PayloadKind.Unsigned() ->
          new RequestBody(plain(exchange), exchange.contentLength(), Set.of(), Map::of);
      case PayloadKind.File() -> new RequestBody(exchange.body(), -1, Set.of(), Map::of);
      case PayloadKind.Chunked chunked -> chunked(exchange, chunked, context);
    };
  }

  private static RequestBody chunked(
      Exchange exchange, PayloadKind.Chunked kind, Optional<SigningContext> context)
      throws S3Exception {
    long length = number(exchange, DECODED_LENGTH);
    Set<String> announced = kind.trailer() ? announced(exchange) : Set.of();
    ChunkedBody.Framing framing = new ChunkedBody.Framing(kind, length, announced);
    ChunkedBody body = new ChunkedBody(new DeferredBody(exchange), framing, context);
    return new RequestBody(body, length, announced, body::trailer);
  }

  private static Set<String> announced(Exchange exchange) {
    Set<String> names = new LinkedHashSet<>();
    exchange.requestHeaders().first("x-amz-trailer").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  /// A body whose length is said, or that is sent in chunks of HTTP and may be as long as objects.
  private static InputStream plain(Exchange exchange) throws S3Exception {
    if (exchange.contentLength() >= 0) {
      return new DeferredBody(exchange);
    }
    if (!exchange.requestHeaders().has("Transfer-Encoding")) {
      throw S3Error.MISSING_CONTENT_LENGTH.refused();
    }
    return new MeasuredBody(new DeferredBody(exchange));
  }

  private static long number(Exchange exchange, String header) throws S3Exception {
    String text =
        exchange
            .requestHeaders()
            .first(header)
            .orElseThrow(
                () -> S3Error.MISSING_CONTENT_LENGTH.refused("You must provide " + header + "."));
    if (!text.matches("[0-9]{1,18}")) {
      throw S3Error.INVALID_ARGUMENT.refused(header + " is not a number of bytes.");
    }
    return Long.parseLong(text);
  }
}
