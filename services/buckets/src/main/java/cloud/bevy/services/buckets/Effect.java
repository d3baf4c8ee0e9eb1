package cloud.bevy.services.buckets;

/// What a policy says of a request.
enum Effect {
  /// Nothing.
  NONE,
  /// It is allowed.
  ALLOW,
  /// It is forbidden, whatever else allows it.
  DENY
}
