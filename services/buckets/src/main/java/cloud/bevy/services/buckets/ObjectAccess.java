package cloud.bevy.services.buckets;

import java.util.Optional;

/// Whose an object is, and whom its owner lets at it.
///
/// @param owner a user's name, empty for the cloud itself; nothing where it is the bucket's owner
/// @param acl nothing where nobody but the owner may use it
public record ObjectAccess(Optional<String> owner, Optional<Acl> acl) {
  /// An object of the bucket's owner, who lets nobody at it.
  public static final ObjectAccess OWNERS = new ObjectAccess(Optional.empty(), Optional.empty());

  /// The same with another list.
  public ObjectAccess withAcl(Acl other) {
    return new ObjectAccess(owner, Optional.of(other));
  }
}
