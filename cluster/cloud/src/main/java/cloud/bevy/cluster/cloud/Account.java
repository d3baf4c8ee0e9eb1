package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.crypto.Blake2b;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Somebody who can own buckets and objects: a cloud, or one of the users it has access keys for.
///
/// @param user the user's name; empty for the cloud itself
/// @param id by which S3 knows it (its "canonical user id"): the cloud's key, or 64 hexadecimal
///   digits
/// @param name what people call it
public record Account(String user, String id, String name) {
  private static final int MOST_LETTERS = 64;

  /// The account of a cloud itself.
  static Account owner(CloudKey cloud, String name) {
    return new Account("", cloud.toString(), name);
  }

  /// The account of a user of a cloud.
  static Account user(CloudKey cloud, String user) {
    byte[] id = Blake2b.keyed256(cloud.bytes(), user.getBytes(StandardCharsets.UTF_8));
    return new Account(user, HexFormat.of().formatHex(id), user);
  }

  /// Whether a text can be a user's name: 1 to 64 letters, digits and `+=,.@_-`, as in IAM.
  public static boolean isName(String text) {
    return text.length() <= MOST_LETTERS && text.matches("[A-Za-z0-9+=,.@_-]+");
  }
}
