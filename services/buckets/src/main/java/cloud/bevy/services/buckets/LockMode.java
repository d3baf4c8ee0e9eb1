package cloud.bevy.services.buckets;

/// How strictly a version is kept.
public enum LockMode {
  /// Who may and says so can delete it all the same.
  GOVERNANCE,
  /// Nobody can delete it or shorten its time.
  COMPLIANCE
}
