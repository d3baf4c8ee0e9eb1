package cloud.bevy.doors.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The signing keys that were derived last: a caller signs all requests of a day with one, and
/// deriving it is most of the work of checking a signature.
final class SigningKeys {
  private static final int MOST = 256;

  private final Map<Source, SigningKey> keys = new ConcurrentHashMap<>();

  private record Source(String secret, CredentialScope scope) {
    /// Never the secret.
    @Override
    public String toString() {
      return "Source[" + scope.text() + "]";
    }
  }

  /// The key for a secret and a scope.
  SigningKey of(String secret, CredentialScope scope) {
    Source source = new Source(secret, scope);
    SigningKey known = keys.get(source);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MOST) {
      keys.clear(); // of former days, or of scopes that somebody makes up
    }
    SigningKey key = SigningKey.of(secret, scope);
    keys.put(source, key);
    return key;
  }
}
