package cloud.bevy.doors.opensearch;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.SignedCallers;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// Finds out which cloud a request is for: by the name and password that are an access key and its
/// secret, or by a signature of AWS.
final class Callers {
  private static final String BASIC = "Basic ";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String SECURITY = "security_exception";

  private final Clouds clouds;
  private final SignedCallers signed;

  Callers(World world, Clouds clouds) {
    this.clouds = clouds;
    signed = new SignedCallers(world, clouds, "es", "aoss");
  }

  /// A caller who is who they say.
  ///
  /// @param lease on their cloud, to be closed
  record Caller(Lease lease, AccessKeyLimits limits) implements AutoCloseable {
    /// Refuses what their key is not for: tables are the cloud's, so no user has any.
    void check(boolean writes) {
      if (!limits.forAllServices() || (limits.readOnly() && writes)) {
        throw Refused.of(
            FORBIDDEN,
            SECURITY,
            "no permissions for [indices:data/" + (writes ? "write" : "read") + "]");
      }
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /// Whether a request says a name and a password, so that it need not be read to know who it is.
  static Optional<String> basic(Exchange exchange) {
    return exchange
        .requestHeaders()
        .first("Authorization")
        .filter(value -> value.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .map(value -> value.substring(BASIC.length()).strip());
  }

  /// The caller who says a name and a password.
  Caller withPassword(String credentials) {
    String text;
    try {
      text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw unauthorized("Unauthorized");
    }
    int colon = text.indexOf(':');
    String id = colon < 0 ? text : text.substring(0, colon);
    byte[] secret = text.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
    Optional<Lease> lease = clouds.openFor(id);
    Optional<AccessKey> key = lease.flatMap(opened -> opened.cloud().accessKey(id));
    boolean right =
        key.isPresent()
            && MessageDigest.isEqual(key.get().secret().getBytes(StandardCharsets.UTF_8), secret);
    if (lease.isPresent() && key.isPresent() && right) {
      return new Caller(lease.get(), key.get().limits());
    }
    lease.ifPresent(Lease::close);
    throw unauthorized("Unauthorized");
  }

  /// The caller who signed a request with this body.
  Caller withSignature(Exchange exchange, byte[] body) {
    return switch (signed.caller(exchange, body)) {
      case SignedCallers.Verdict.Known(Lease lease, AccessKeyLimits limits) ->
          new Caller(lease, limits);
      case SignedCallers.Verdict.Unknown(String reason) -> throw unauthorized(reason);
    };
  }

  private static Refused unauthorized(String reason) {
    return Refused.of(UNAUTHORIZED, SECURITY, reason);
  }
}
