package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A presigned URL of the second version of AWS's signatures (Amazon S3 User Guide, "Signing and
/// authenticating REST requests"). Nothing else of that version is accepted, but `aws s3 presign`
/// of the AWS CLI still makes such URLs for `us-east-1`.
///
/// @param expires seconds since 1970
record PresignedV2(String accessKeyId, String signature, long expires) {
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

  /// Reads the parameters; nothing where they are not there.
  static Optional<PresignedV2> read(QueryString query) {
    Optional<String> id = query.first("AWSAccessKeyId");
    Optional<String> signature = query.first("Signature");
    Optional<String> expires = query.first("Expires").filter(text -> text.matches("[0-9]{1,12}"));
    return id.isEmpty() || signature.isEmpty() || expires.isEmpty()
        ? Optional.empty()
        : Optional.of(new PresignedV2(id.get(), signature.get(), Long.parseLong(expires.get())));
  }

  /// Why the URL is not good, or nothing.
  ///
  /// @param bucket the bucket in the host's name, if it is there
  Optional<Refusal> check(
      SignedRequest request, Optional<String> bucket, String secret, Instant now) {
    if (now.getEpochSecond() > expires) {
      return Optional.of(new Refusal(Refusal.Kind.EXPIRED, ""));
    }
    boolean right =
        MessageDigest.isEqual(
            hmac(secret, stringToSign(request, bucket)),
            signature.getBytes(StandardCharsets.UTF_8));
    return right ? Optional.empty() : Optional.of(new Refusal(Refusal.Kind.MISMATCH, ""));
  }

  private String stringToSign(SignedRequest request, Optional<String> bucket) {
    String resource = bucket.map(name -> "/" + name).orElse("") + request.path();
    String subresources = subresources(request.query());
    return String.join(
            "\n",
            request.method(),
            request.headers().first("Content-MD5").orElse(""),
            request.headers().first("Content-Type").orElse(""),
            Long.toString(expires),
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

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encode(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
