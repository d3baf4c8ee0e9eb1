package cloud.bevy.cluster.cloud;

import java.util.List;

/// Whose an access key is, and what it is for.
///
/// @param user a person or app of the cloud's team; empty for the cloud's owner
/// @param readOnly whether nothing can be changed with it
/// @param prefixes `BUCKET/PREFIX`: the only objects it is for; none where it is for all
public record AccessKeyLimits(String user, boolean readOnly, List<String> prefixes) {
  /// A key of the owner, for everything.
  public static final AccessKeyLimits NONE = new AccessKeyLimits("", false, List.of());

  /// Copies the list.
  public AccessKeyLimits {
    prefixes = List.copyOf(prefixes);
  }

  /// Whether it is the owner's and not bound to some objects: what is not in buckets is for such
  /// keys only.
  public boolean forAllServices() {
    return user.isEmpty() && prefixes.isEmpty();
  }
}
