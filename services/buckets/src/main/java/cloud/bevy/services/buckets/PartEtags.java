package cloud.bevy.services.buckets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The entity tag of an object that came in parts: the MD5 of the parts' MD5s, and how many there
/// are.
final class PartEtags {
  private PartEtags() {}

  /// The entity tag of these parts put together.
  static String combined(List<StoredPart> parts) {
    MessageDigest md5 = md5();
    parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.record().etag())));
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
