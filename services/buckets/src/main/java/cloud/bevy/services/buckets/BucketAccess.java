package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import java.util.Map;
import java.util.Optional;

/// Who may do what with a bucket, as its owner has set it.
///
/// @param block nothing where its owner has closed no way in
/// @param ownership nothing where its owner has not said: whoever puts an object owns it
public record BucketAccess(
    Account owner,
    Acl acl,
    Optional<Policy> policy,
    Optional<PublicAccessBlock> block,
    Optional<Ownership> ownership) {
  /// Whether access control lists are of no effect.
  public boolean enforced() {
    return ownership.filter(Ownership::enforced).isPresent();
  }

  /// The same as if access control lists were of no effect.
  BucketAccess withoutLists() {
    Optional<Ownership> enforced = Optional.of(Ownership.BUCKET_OWNER_ENFORCED);
    return new BucketAccess(owner, acl, policy, block, enforced);
  }

  /// Which ways to let everybody in are closed.
  public PublicAccessBlock closed() {
    return block.orElse(PublicAccessBlock.NONE);
  }

  /// Whether everybody is let in, by the policy or by the list.
  public boolean isPublic() {
    boolean byPolicy = policy.filter(Policy::isPublic).isPresent() && !closed().restrictBuckets();
    return byPolicy || (acl.isPublic() && !enforced() && !closed().ignoreAcls());
  }

  /// Reads what is set.
  static BucketAccess of(Account owner, Map<Setting, String> settings) {
    return new BucketAccess(
        owner,
        find(settings, Setting.ACL).map(Acl::read).orElseGet(() -> Acl.ofOwner(owner.user())),
        find(settings, Setting.POLICY).map(PolicyReader::stored),
        find(settings, Setting.PUBLIC_ACCESS_BLOCK).map(PublicAccessBlock::read),
        find(settings, Setting.OWNERSHIP).flatMap(Ownership::of));
  }

  private static Optional<String> find(Map<Setting, String> settings, Setting setting) {
    return Optional.ofNullable(settings.get(setting));
  }
}
