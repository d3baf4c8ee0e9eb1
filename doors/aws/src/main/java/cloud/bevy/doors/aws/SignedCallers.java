package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Signature Version 4 for other doors: which cloud a request is for, by the key that signed it.
public final class SignedCallers {
  private final Clouds clouds;
  private final Map<String, Authenticator> authenticators;

  /// Callers of a door.
  ///
  /// @param services as they may stand in credential scopes
  public SignedCallers(World world, Clouds clouds, String... services) {
    this.clouds = clouds;
    authenticators =
        Stream.of(services)
            .collect(
                Collectors.toMap(
                    Function.identity(), service -> new Authenticator(world.time(), service)));
  }

  /// What a signature says.
  public sealed interface Verdict {
    /// Whoever signed has this key.
    ///
    /// @param lease on the cloud of the key, to be closed
    record Known(Lease lease, AccessKeyLimits limits) implements Verdict {}

    /// There is no signature, or none that is good.
    ///
    /// @param reason for whoever asked
    record Unknown(String reason) implements Verdict {}
  }

  /// Who signed a request with this body.
  public Verdict caller(Exchange exchange, byte[] body) {
    Optional<QueryString> query = QueryString.read(exchange.query());
    if (query.isEmpty()) {
      return new Verdict.Unknown("the query string cannot be read");
    }
    SignedRequest request = SignedRequest.of(exchange, query.get());
    return switch (SignatureClaim.read(request)) {
      case SignatureClaim.Reading.Claimed(SignatureClaim claim) -> verify(request, claim, body);
      case SignatureClaim.Reading.Unsigned() -> new Verdict.Unknown("Missing authentication");
      case SignatureClaim.Reading.Unreadable(Refusal refusal) -> unknown(refusal);
    };
  }

  private static Verdict unknown(Refusal refusal) {
    String kind = refusal.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Verdict.Unknown(
        "the signature is not good: "
            + kind
            + (refusal.detail().isEmpty() ? "" : ": " + refusal.detail()));
  }

  private Verdict verify(SignedRequest request, SignatureClaim claim, byte[] body) {
    Authenticator authenticator = authenticators.get(claim.credential().scope().service());
    if (authenticator == null) {
      return unknown(new Refusal(Refusal.Kind.WRONG_SERVICE, ""));
    }
    Optional<Refusal> refusal = authenticator.check(request, claim);
    if (refusal.isPresent()) {
      return unknown(refusal.get());
    }
    String id = claim.credential().accessKeyId();
    Optional<Lease> lease = clouds.openFor(id);
    Optional<AccessKey> key = lease.flatMap(opened -> opened.cloud().accessKey(id));
    if (lease.isEmpty() || key.isEmpty()) {
      lease.ifPresent(Lease::close);
      return unknown(new Refusal(Refusal.Kind.UNKNOWN_KEY, ""));
    }
    String hash = SignatureV4.sha256Hex(body);
    Optional<Refusal> wrong =
        spelled(request).stream()
            .map(each -> refusal(authenticator.verify(each, claim, key.get().secret(), hash)))
            .reduce((one, other) -> one.isEmpty() ? one : other)
            .orElseThrow();
    if (wrong.isPresent()) {
      lease.get().close();
      return unknown(wrong.get());
    }
    return new Verdict.Known(lease.get(), key.get().limits());
  }

  /// Signers for services other than S3 encode a path that is encoded already; some do not.
  private static List<SignedRequest> spelled(SignedRequest request) {
    String twice = AwsUri.encodePath(request.path());
    return List.of(
        new SignedRequest(request.method(), twice, request.query(), request.headers()), request);
  }

  private static Optional<Refusal> refusal(Authenticator.Verdict verdict) {
    return verdict instanceof Authenticator.Verdict.Refused(Refusal refused)
        ? Optional.of(refused)
        : Optional.empty();
  }
}
