package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.Cloud;
import java.util.Optional;

/// Who makes a request.
///
/// @param account nobody where the request is not signed
/// @param limits of the key it is signed with
record Caller(Optional<Account> account, AccessKeyLimits limits) {
  /// Whoever does not sign.
  static final Caller ANONYMOUS = new Caller(Optional.empty(), AccessKeyLimits.NONE);

  /// Whoever has a key.
  static Caller of(Cloud cloud, AccessKey key) {
    return new Caller(Optional.of(cloud.account(key.limits().user())), key.limits());
  }
}
