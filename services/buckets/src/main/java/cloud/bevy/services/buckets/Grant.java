package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import java.util.Optional;

/// One line of an access control list.
public record Grant(Grantee to, Permission permission) {
  /// Whether it lets everybody in who is not known to the bucket's owner.
  boolean isPublic() {
    return to == Grantee.Group.ALL_USERS || to == Grantee.Group.AUTHENTICATED_USERS;
  }

  /// Whether it is meant for whoever asks.
  ///
  /// @param who nobody where the request is not signed
  boolean isFor(Optional<Account> who) {
    return switch (to) {
      case Grantee.User(String user) ->
          who.filter(account -> account.user().equals(user)).isPresent();
      case Grantee.Group.ALL_USERS -> true;
      case Grantee.Group.AUTHENTICATED_USERS -> who.isPresent();
      case Grantee.Group.LOG_DELIVERY -> who.filter(LogDelivery::is).isPresent();
    };
  }
}
