package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody wants to do, for [Access] to decide upon.
///
/// @param who nobody where the request is not signed
/// @param limits of the key it is signed with
/// @param action as policies call it: `s3:GetObject`
/// @param bucket its name; empty where it is about no bucket
/// @param key the object's key, where it is about one
/// @param listed the prefix of what is to be listed, where something is
/// @param context what conditions can ask about, by names in lower case: `aws:sourceip`
public record AccessRequest(
    Optional<Account> who,
    AccessKeyLimits limits,
    String action,
    String bucket,
    Optional<String> key,
    Optional<String> listed,
    Map<String, List<String>> context) {
  private static final String ARN = "arn:aws:s3:::";

  /// What it is about, as policies call it: `arn:aws:s3:::photos/cat.png`.
  String resource() {
    return ARN + bucket + key.map(text -> '/' + text).orElse("");
  }
}
