package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import java.nio.charset.StandardCharsets;

/// The constants that keep signatures and keys made for one purpose from being used for another.
public final class Namespaces {
  private static final String HYPERCORE = "hypercore";
  private static final byte[] TREE = of(HYPERCORE, 0);
  private static final byte[] MANIFEST = of(HYPERCORE, 3);
  private static final byte[] SIGNER = of(HYPERCORE, 4);
  private static final byte[] ENCRYPTION = of(HYPERCORE, 5);
  private static final byte[] CORESTORE = of("corestore", 0);

  private Namespaces() {}

  /// The constant with that number under that name: hypercore-crypto's `namespace`.
  public static byte[] of(String name, int id) {
    byte[] hashed = Blake2b.hash256(name.getBytes(StandardCharsets.UTF_8));
    return Blake2b.hash256(hashed, new byte[] {(byte) id});
  }

  /// What a core's signatures start with.
  static byte[] tree() {
    return TREE;
  }

  /// What a manifest is hashed behind.
  static byte[] manifest() {
    return MANIFEST;
  }

  /// The namespace of a signer that names none of its own.
  public static byte[] defaultSigner() {
    return SIGNER.clone();
  }

  /// What the keys of encrypted blocks are derived behind.
  static byte[] encryption() {
    return ENCRYPTION;
  }

  /// What a corestore derives its keys behind.
  static byte[] corestore() {
    return CORESTORE;
  }
}
