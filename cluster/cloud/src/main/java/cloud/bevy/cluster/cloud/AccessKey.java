package cloud.bevy.cluster.cloud;

import java.time.Instant;

/// What a program signs its requests with: an id that may be seen by all, and a secret.
///
/// @param id 20 characters; the first twelve tell the cloud (see [AccessKeyId])
/// @param secret 40 characters
/// @param label what a person calls it
/// @param created when it was made
/// @param limits whose it is and what it is for
public record AccessKey(
    String id, String secret, String label, Instant created, AccessKeyLimits limits) {
  /// Never the secret.
  @Override
  public String toString() {
    return "AccessKey[" + id + ", " + label + "]";
  }
}
