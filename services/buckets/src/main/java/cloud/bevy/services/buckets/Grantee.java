package cloud.bevy.services.buckets;

/// Whom a [Grant] allows something.
public sealed interface Grantee {
  /// A user of the cloud.
  ///
  /// @param user the user's name; empty for the cloud itself
  record User(String user) implements Grantee {}

  /// Many at once.
  enum Group implements Grantee {
    /// Everybody, whether they sign their requests or not.
    ALL_USERS,
    /// Everybody who signs their requests.
    AUTHENTICATED_USERS,
    /// Whatever writes access logs.
    LOG_DELIVERY
  }
}
