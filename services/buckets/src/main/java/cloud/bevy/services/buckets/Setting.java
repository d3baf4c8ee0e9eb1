package cloud.bevy.services.buckets;

import java.util.Locale;

/// What a bucket can be set to; its name in lower case is its key in the bucket's bee.
public enum Setting {
  /// Whether transfers are to be accelerated.
  ACCELERATE,
  /// Who may do what, as grants.
  ACL,
  /// Which web pages may ask for what.
  CORS,
  /// How objects are encrypted that say nothing of it.
  ENCRYPTION,
  /// How long what was overwritten or deleted can still be read.
  HISTORY,
  /// What becomes of objects as they grow old.
  LIFECYCLE,
  /// Where accesses are logged.
  LOGGING,
  /// Who is told of what happens.
  NOTIFICATION,
  /// Whether and how long objects are kept from deletion.
  OBJECT_LOCK,
  /// Who owns what others put.
  OWNERSHIP,
  /// Who may do what, as a policy.
  POLICY,
  /// Which ways to let everybody in are closed.
  PUBLIC_ACCESS_BLOCK,
  /// How many bytes the bucket may hold.
  QUOTA,
  /// Which of its objects can be searched, and how.
  SEARCH,
  /// The bucket's tags.
  TAGGING,
  /// Whether overwritten and deleted objects are kept.
  VERSIONING,
  /// How the bucket is shown as a web site.
  WEBSITE;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
