package cloud.bevy.doors.http;

import cloud.bevy.foundation.http.Exchange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// For which AWS service a request claims to be signed. Nothing is verified here: that is for the
/// door the request is handed to.
final class Claim {
  private static final String HEADER = "Authorization";

  /// `AKID/20260101/us-east-1/s3/aws4_request`, where presigned URLs escape the slashes.
  private static final Pattern SCOPE =
      Pattern.compile(
          "Credential=[^/,&%]{1,256}+(?:/|%2[Ff])\\d{8}(?:/|%2[Ff])[A-Za-z0-9-]{1,64}+"
              + "(?:/|%2[Ff])([a-z0-9.-]{1,64}+)(?:/|%2[Ff])aws4_request");

  private Claim() {}

  /// The service in the scope of the signature, in the header or in a presigned URL.
  static Optional<String> service(Exchange exchange) {
    Optional<String> header =
        exchange.requestHeaders().first(HEADER).filter(value -> value.startsWith("AWS4-"));
    return header.or(() -> presigned(exchange)).flatMap(Claim::scope);
  }

  private static Optional<String> presigned(Exchange exchange) {
    return Optional.of(exchange.query()).filter(query -> query.contains("X-Amz-Credential="));
  }

  private static Optional<String> scope(String text) {
    Matcher matcher = SCOPE.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
