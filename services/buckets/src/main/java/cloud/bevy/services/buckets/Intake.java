package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.BulkInput;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Bytes on their way into a blob: counted and hashed as they pass.
final class Intake extends BulkInput {
  private final Content content;
  private final QuotaHold hold;
  private final MessageDigest md5 = md5();
  private final ChecksumAlgorithm needed;
  private final ChecksumAlgorithm.Digest digest;

  /// Of what the sender claims, where that is another algorithm than the one that is needed.
  private final Optional<ChecksumAlgorithm.Digest> further;

  private long count;

  /// @param needed what is computed whatever the content's sender claims
  /// @param hold how many bytes may come
  Intake(Content content, ChecksumAlgorithm needed, QuotaHold hold) {
    this.content = content;
    this.hold = hold;
    this.needed = needed;
    this.digest = needed.digest();
    this.further =
        content
            .checksum()
            .map(Content.Claim::algorithm)
            .filter(claimed -> claimed != needed)
            .map(ChecksumAlgorithm::digest);
  }

  /// What came in.
  ///
  /// @param etag the MD5 in hexadecimal
  /// @param needed the checksum that was needed
  /// @param claimed the checksum of the algorithm that the sender claims one of
  /// @param problem why it cannot be kept
  record Receipt<T>(
      long size,
      String etag,
      Checksum needed,
      Optional<Checksum> claimed,
      Optional<PutOutcome<T>> problem) {}

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = content.bytes().read(buffer, offset, length);
    if (read > 0) {
      md5.update(buffer, offset, read);
      digest.update(buffer, offset, read);
      further.ifPresent(running -> running.update(buffer, offset, read));
      count += read;
    }
    return read;
  }

  /// Compares what came with what was said. To be called once, after the last byte.
  ///
  /// @throws IOException where the sender's claim cannot be had
  <T> Receipt<T> receipt() throws IOException {
    byte[] hash = md5.digest();
    Checksum known = Checksum.of(needed, digest.value());
    Optional<Checksum> claimed =
        content
            .checksum()
            .map(Content.Claim::algorithm)
            .map(algorithm ->
                further.map(done -> Checksum.of(algorithm, done.value())).orElse(known));
    return new Receipt<>(
        count, HexFormat.of().formatHex(hash), known, claimed, problem(hash, claimed));
  }

  private <T> Optional<PutOutcome<T>> problem(byte[] hash, Optional<Checksum> checksum)
      throws IOException {
    if (content.length() >= 0 && count != content.length()) {
      return Optional.of(new PutOutcome.WrongLength<>());
    }
    if (!hold.allows(count)) {
      return Optional.of(new PutOutcome.QuotaExceeded<>());
    }
    if (content.md5().isPresent() && !MessageDigest.isEqual(hash, content.md5().get())) {
      return Optional.of(new PutOutcome.Mismatch<>("Content-MD5"));
    }
    if (content.checksum().isEmpty() || checksum.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> claimed = content.checksum().get().value().get();
    boolean right =
        claimed.isEmpty() || MessageDigest.isEqual(claimed.get(), checksum.get().value());
    return right
        ? Optional.empty()
        : Optional.of(new PutOutcome.Mismatch<>(checksum.get().algorithm().name()));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
