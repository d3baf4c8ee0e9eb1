package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out whether a request was signed with the key it names, in time, for this service. Any
/// region is accepted: a cloud is in none.
final class Authenticator {
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(15);
  private static final String TOKEN = "X-Amz-Security-Token";

  private final Time time;
  private final String service;
  private final SigningKeys keys = new SigningKeys();

  /// An authenticator for one door.
  ///
  /// @param service as it stands in credential scopes: `s3`, `dynamodb`
  Authenticator(Time time, String service) {
    this.time = time;
    this.service = service;
  }

  /// What became of a claim.
  sealed interface Verdict {
    /// The signature is right; `context` goes on checking a body that is signed in chunks.
    record Accepted(SigningContext context) implements Verdict {}

    /// The signature is not good, or not any more.
    record Refused(Refusal refusal) implements Verdict {}
  }

  /// What the signatures of a body's chunks are checked with.
  ///
  /// @param seed the signature of the request's head, from which the chunks' are chained
  record SigningContext(SigningKey key, CredentialScope scope, String timestamp, String seed) {}

  /// Checks what can be checked without the key; to be called before the key is looked for.
  ///
  /// @return why the claim cannot be good, or nothing
  Optional<Refusal> check(SignedRequest request, SignatureClaim claim) {
    CredentialScope scope = claim.credential().scope();
    if (!scope.service().equals(service)) {
      return refusal(Refusal.Kind.WRONG_SERVICE, "expecting \"" + service + "\"");
    }
    if (!claim.day().equals(scope.date())) {
      return refusal(
          claim.presigned() ? Refusal.Kind.MALFORMED_QUERY : Refusal.Kind.MALFORMED_HEADER,
          "the day of the Credential is not that of X-Amz-Date");
    }
    if (request.headers().has(TOKEN) || request.query().has(TOKEN)) {
      return refusal(Refusal.Kind.FOREIGN_TOKEN, "");
    }
    return checkTime(claim).or(() -> checkHeaders(request, claim));
  }

  /// Checks the signature itself.
  ///
  /// @param secret the secret access key of the claim's access key id
  /// @param payloadHash what stands for the body in the canonical request
  Verdict verify(SignedRequest request, SignatureClaim claim, String secret, String payloadHash) {
    CredentialScope scope = claim.credential().scope();
    String canonical = SignatureV4.canonicalRequest(request, claim.signedHeaders(), payloadHash);
    String toSign = SignatureV4.stringToSign(claim.timestamp().text(), scope, canonical);
    SigningKey key = keys.of(secret, scope);
    if (!key.verifies(toSign, claim.signature())) {
      return new Verdict.Refused(new Refusal(Refusal.Kind.MISMATCH, ""));
    }
    return new Verdict.Accepted(
        new SigningContext(key, scope, claim.timestamp().text(), claim.signature()));
  }

  private Optional<Refusal> checkTime(SignatureClaim claim) {
    Instant now = time.now();
    Instant moment = claim.timestamp().moment();
    if (claim.lifetime().isEmpty()) {
      boolean near = Duration.between(moment, now).abs().compareTo(LARGEST_SKEW) <= 0;
      return near ? Optional.empty() : refusal(Refusal.Kind.SKEWED, "");
    }
    if (moment.isAfter(now.plus(LARGEST_SKEW))) {
      return refusal(Refusal.Kind.NOT_YET_VALID, "");
    }
    boolean over = now.isAfter(moment.plus(claim.lifetime().get()));
    return over ? refusal(Refusal.Kind.EXPIRED, "") : Optional.empty();
  }

  /// `Host` and every `x-amz-*` header change what a request means, so they must be signed.
  private static Optional<Refusal> checkHeaders(SignedRequest request, SignatureClaim claim) {
    List<String> signed = claim.signedHeaders();
    Set<String> names = new HashSet<>(signed);
    Refusal.Kind malformed =
        claim.presigned() ? Refusal.Kind.MALFORMED_QUERY : Refusal.Kind.MALFORMED_HEADER;
    if (names.size() != signed.size() || names.contains("") || !sorted(signed)) {
      return refusal(malformed, "SignedHeaders must be sorted names in lower case");
    }
    if (!names.contains("host")) {
      return refusal(Refusal.Kind.UNSIGNED_HEADER, "host");
    }
    String unsigned =
        request.headers().names().stream()
            .filter(name -> name.startsWith("x-amz-") && !names.contains(name))
            .collect(Collectors.joining(", "));
    return unsigned.isEmpty() ? Optional.empty() : refusal(Refusal.Kind.UNSIGNED_HEADER, unsigned);
  }

  private static boolean sorted(List<String> names) {
    String before = "";
    for (String name : names) {
      if (before.compareTo(name) > 0 || !name.equals(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
      before = name;
    }
    return true;
  }

  private static Optional<Refusal> refusal(Refusal.Kind kind, String detail) {
    return Optional.of(new Refusal(kind, detail));
  }
}
