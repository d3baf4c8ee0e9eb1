package cloud.bevy.hyper.drive;

import java.util.Optional;

/// What it takes to read a drive that is written elsewhere.
///
/// @param key the 32 bytes that name it
/// @param encryptionKey 32 secret bytes, where its blocks are encrypted
public record DriveKey(byte[] key, Optional<byte[]> encryptionKey) {
  /// The key of a drive that is not encrypted.
  public static DriveKey of(byte[] key) {
    return new DriveKey(key.clone(), Optional.empty());
  }

  /// The same drive, encrypted.
  public DriveKey encryptedWith(byte[] secret) {
    return new DriveKey(key, Optional.of(secret.clone()));
  }
}
