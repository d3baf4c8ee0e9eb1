package cloud.bevy.foundation.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// An Ed25519 key pair: who holds it can sign, who knows its public key can check.
public final class KeyPair {
  private final byte[] seed;
  private final byte[] publicKey;
  private final byte[] secretKey;

  private KeyPair(byte[] seed) {
    this.seed = seed;
    this.publicKey = Ed25519.publicKey(seed);
    this.secretKey = Arrays.copyOf(seed, Ed25519.SEED + Ed25519.PUBLIC_KEY);
    System.arraycopy(publicKey, 0, secretKey, Ed25519.SEED, Ed25519.PUBLIC_KEY);
  }

  /// The key pair of a 32-byte seed: libsodium's `crypto_sign_seed_keypair`.
  public static KeyPair fromSeed(byte[] seed) {
    if (seed.length != Ed25519.SEED) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    return new KeyPair(seed.clone());
  }

  /// The 32 bytes of the public key.
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /// The 64 bytes of libsodium's secret key: the seed, then the public key.
  public byte[] secretKey() {
    return secretKey.clone();
  }

  /// The 64-byte signature of a message: libsodium's `crypto_sign_detached`.
  public byte[] sign(byte[] message) {
    return Ed25519.sign(secretKey, message);
  }

  /// The 32-byte secret that this pair shares with the holder of another: the other's public key
  /// times the scalar that signs. Each side computes it from its own pair and the other's public
  /// key.
  ///
  /// @return nothing where the other key is not one that a key pair can have; it may have been
  ///   chosen to learn something about this one
  public Optional<byte[]> agree(byte[] otherPublicKey) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(seed);
      byte[] scalar = Arrays.copyOf(hash, 32);
      scalar[0] &= (byte) 0xf8;
      scalar[31] &= 0x7f;
      scalar[31] |= 0x40;
      return Ed25519.multiply(scalar, otherPublicKey);
    } catch (NoSuchAlgorithmException missing) {
      throw new CryptoFault(missing);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyPair pair && Arrays.equals(publicKey, pair.publicKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  /// Names the public key, never the seed.
  @Override
  public String toString() {
    return "KeyPair[" + HexFormat.of().formatHex(publicKey) + "]";
  }
}
