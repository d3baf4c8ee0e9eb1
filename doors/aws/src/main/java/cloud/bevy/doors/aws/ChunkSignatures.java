package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.Authenticator.SigningContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The chain of signatures over a body's chunks: each covers the one before it.
final class ChunkSignatures {
  private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
  private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";

  private final SigningContext context;
  private final MessageDigest digest = SignatureV4.sha256();
  private String previous;

  ChunkSignatures(SigningContext context) {
    this.context = context;
    this.previous = context.seed();
  }

  /// Takes in a piece of the current chunk.
  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /// Whether that is the signature of the chunk that ends here.
  boolean endChunk(String signature) {
    String hash = HexFormat.of().formatHex(digest.digest());
    return advance(toSign(CHUNK, SignatureV4.EMPTY_HASH + "\n" + hash), signature);
  }

  /// Whether that is the signature of the trailing header fields.
  boolean endTrailer(Map<String, String> fields, @Nullable String signature) {
    StringBuilder canonical = new StringBuilder();
    new TreeMap<>(fields)
        .forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    byte[] bytes = canonical.toString().getBytes(StandardCharsets.ISO_8859_1);
    return signature != null && advance(toSign(TRAILER, SignatureV4.sha256Hex(bytes)), signature);
  }

  private boolean advance(String toSign, String signature) {
    boolean right = context.key().verifies(toSign, signature);
    previous = signature;
    return right;
  }

  private String toSign(String what, String hashes) {
    return String.join("\n", what, context.timestamp(), context.scope().text(), previous, hashes);
  }
}
