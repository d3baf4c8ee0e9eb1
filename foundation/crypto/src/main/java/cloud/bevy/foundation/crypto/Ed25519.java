package cloud.bevy.foundation.crypto;

import java.util.HexFormat;
import java.util.Optional;

/// Ed25519 signatures (RFC 8032) as libsodium makes and checks them.
public final class Ed25519 {
  /// The size of a seed, in bytes.
  public static final int SEED = 32;

  /// The size of a public key, in bytes.
  public static final int PUBLIC_KEY = 32;

  /// The size of a signature, in bytes.
  public static final int SIGNATURE = 64;

  /// The y coordinates of the points of small order, the non-canonical encodings among them, with
  /// the sign bit cleared. Whoever may choose such a point can make one signature fit any message.
  private static final byte[][] SMALL_ORDER = {
    hex("0000000000000000000000000000000000000000000000000000000000000000"),
    hex("0100000000000000000000000000000000000000000000000000000000000000"),
    hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
  };

  /// How many bytes are hashed in the time that libsodium saves.
  private static final int SIGNING = 1 << 13;

  private Ed25519() {}

  /// Checks a signature. Refuses, as libsodium's `crypto_sign_verify_detached` does, an S that is
  /// not reduced, a public key or R of small order, and a public key that is not canonical; and
  /// anything of the wrong size.
  public static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
    if (signature.length != SIGNATURE || publicKey.length != PUBLIC_KEY) {
      return false;
    }
    if (smallOrder(signature) || smallOrder(publicKey)) {
      return false;
    }
    return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
        signature, 0, publicKey, 0, message, 0, message.length);
  }

  /// Multiplies a point of the curve by a scalar, as it is: libsodium's
  /// `crypto_scalarmult_ed25519_noclamp`. Takes the same time whatever the scalar.
  ///
  /// @param scalar of 32 bytes in little-endian order, whose highest bit is ignored
  /// @param point of 32 bytes: a public key
  /// @return nothing where the point is not canonical, not on the curve, or not of the prime order
  ///   that public keys have; and where the product is the neutral element
  public static Optional<byte[]> multiply(byte[] scalar, byte[] point) {
    Bytes.mustHave(SEED, scalar, "a scalar");
    if (point.length != PUBLIC_KEY || smallOrder(point)) {
      return Optional.empty();
    }
    if (!org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(point, 0)) {
      return Optional.empty();
    }
    EdwardsPoint decoded = EdwardsPoint.decode(point);
    if (decoded == null) {
      return Optional.empty();
    }
    EdwardsPoint product = decoded.times(scalar);
    return product.neutral() ? Optional.empty() : Optional.of(product.encode());
  }

  static byte[] publicKey(byte[] seed) {
    byte[] publicKey = new byte[PUBLIC_KEY];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  /// @param secretKey the seed, then the public key
  static byte[] sign(byte[] secretKey, byte[] message) {
    if (message.length <= Sodium.MOST && Sodium.pays(SIGNING)) {
      return Sodium.sign(secretKey, message);
    }
    return signInJava(secretKey, message);
  }

  static byte[] signInJava(byte[] secretKey, byte[] message) {
    byte[] signature = new byte[SIGNATURE];
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        secretKey, 0, secretKey, SEED, message, 0, message.length, signature, 0);
    return signature;
  }

  /// Whether the first 32 bytes are the encoding of a point of small order. What is compared is
  /// public, so it need not take constant time.
  private static boolean smallOrder(byte[] point) {
    for (byte[] bad : SMALL_ORDER) {
      if (sameExceptSign(bad, point)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameExceptSign(byte[] y, byte[] point) {
    for (int index = 0; index < 31; index++) {
      if (y[index] != point[index]) {
        return false;
      }
    }
    return y[31] == (point[31] & 0x7f);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
