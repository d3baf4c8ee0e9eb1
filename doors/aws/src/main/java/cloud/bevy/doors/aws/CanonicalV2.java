package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The pure functions of AWS's Signature Version 2.
final class CanonicalV2 {
  private static final String HMAC = "HmacSHA1";
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "acl",
          "cors",
          "delete",
          "lifecycle",
          "location",
          "logging",
          "notification",
          "partNumber",
          "policy",
          "requestPayment",
          "restore",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");

  private CanonicalV2() {}

  /// What is signed. Some programs write a slash after a bucket's name that the path has not.
  ///
  /// @param date what stands for the date: a header's value, or when a URL expires
  /// @param bucket the bucket in the host's name, if it is there
  static List<String> stringsToSign(SignedRequest request, Optional<String> bucket, String date) {
    String resource = bucket.map(name -> "/" + name).orElse("") + request.path();
    String asSent = stringToSign(request, resource, date);
    return resource.lastIndexOf('/') == 0 && resource.length() > 1
        ? List.of(asSent, stringToSign(request, resource + "/", date))
        : List.of(asSent);
  }

  private static String stringToSign(SignedRequest request, String resource, String date) {
    String subresources = subresources(request.query());
    return String.join(
            "\n",
            request.method(),
            request.headers().first("Content-MD5").orElse(""),
            request.headers().first("Content-Type").orElse(""),
            date,
            "")
        + amazonHeaders(request)
        + resource
        + (subresources.isEmpty() ? "" : "?" + subresources);
  }

  private static String amazonHeaders(SignedRequest request) {
    return request.headers().names().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("x-amz-"))
        .sorted()
        .map(name -> name + ":" + joined(request.headers().all(name)) + "\n")
        .collect(Collectors.joining());
  }

  private static String joined(List<String> values) {
    return values.stream().map(String::strip).collect(Collectors.joining(","));
  }

  private static String subresources(QueryString query) {
    return query.parameters().stream()
        .filter(parameter -> SUBRESOURCES.contains(parameter.name()))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .map(p -> p.value().isEmpty() ? p.name() : p.name() + "=" + p.value())
        .collect(Collectors.joining("&"));
  }

  /// Whether a signature is that of a string.
  static boolean verifies(String secret, String text, String signature) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
      return MessageDigest.isEqual(
          Base64.getEncoder().encode(hash), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
