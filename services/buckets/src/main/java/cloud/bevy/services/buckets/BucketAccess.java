package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import java.util.Map;
import java.util.Optional;

/// Who may do what with a bucket, as its owner has set it.
///
/// @param ownership nothing where its owner has taken that setting away
/// @param block nothing where its owner has taken that setting away
public record BucketAccess(
    Account owner,
    Acl acl,
    Optional<Policy> policy,
    Optional<PublicAccessBlock> block,
    Optional<Ownership> ownership) {
  /// What stands for a setting that was taken away, as one that was never made has its default:
  /// lists are of no effect and all ways to let everybody in are closed.
  public static final String NONE = "";

  /// Whether access control lists are of no effect.
  public boolean enforced() {
    return ownership.filter(kind -> kind == Ownership.BUCKET_OWNER_ENFORCED).isPresent();
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
        find(settings, Setting.PUBLIC_ACCESS_BLOCK)
            .map(text -> some(text).map(PublicAccessBlock::read))
            .orElse(Optional.of(PublicAccessBlock.ALL)),
        find(settings, Setting.OWNERSHIP)
            .map(text -> some(text).flatMap(Ownership::of))
            .orElse(Optional.of(Ownership.BUCKET_OWNER_ENFORCED)));
  }

  private static Optional<String> find(Map<Setting, String> settings, Setting setting) {
    return Optional.ofNullable(settings.get(setting));
  }

  private static Optional<String> some(String text) {
    return text.equals(NONE) ? Optional.empty() : Optional.of(text);
  }
}
