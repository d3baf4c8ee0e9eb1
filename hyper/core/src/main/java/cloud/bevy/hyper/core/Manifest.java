package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who may sign a core and how many of them must: what a core's key is the hash of.
///
/// @param version 0 to 3
/// @param allowPatch whether a signer may have signed a longer tree
/// @param quorum how many signers must sign
/// @param signers who may sign
/// @param prologue blocks that are fixed from the start and need no signature
/// @param linked keys of other cores, from version 2 on
/// @param userData anything, from version 2 on
public record Manifest(
    int version,
    boolean allowPatch,
    int quorum,
    List<Signer> signers,
    Optional<Prologue> prologue,
    Optional<List<byte[]>> linked,
    Optional<byte[]> userData) {
  /// The latest version that is known.
  public static final int LATEST = 3;

  /// The most signers that a manifest may have.
  public static final int MOST_SIGNERS = 1 << 10;

  private static final int FIRST_WITH_LINKS = 2;

  /// Checks what the version allows.
  public Manifest {
    signers = List.copyOf(signers);
    linked = linked.map(List::copyOf);
    if (version < 0 || version > LATEST || signers.size() > MOST_SIGNERS) {
      throw new IllegalArgumentException(
          "no manifest: version " + version + ", " + signers.size() + " signers");
    }
    if (quorum < 0 || quorum > signers.size()) {
      throw new IllegalArgumentException(
          "a quorum of " + quorum + " cannot come from " + signers.size() + " signers");
    }
    if (version < FIRST_WITH_LINKS && (linked.isPresent() || userData.isPresent())) {
      throw new IllegalArgumentException("linked keys and user data need version 2");
    }
    if (version == 0 && prologue.isPresent() && !signers.isEmpty()) {
      throw new IllegalArgumentException("a prologue beside signers needs version 1");
    }
  }

  /// One who may sign.
  ///
  /// @param namespace 32 bytes that keep this use of the key apart from others
  /// @param publicKey 32 bytes
  public record Signer(byte[] namespace, byte[] publicKey) {
    private static final int BYTES = 32;

    /// Copies the bytes and checks their number.
    public Signer {
      if (namespace.length != BYTES || publicKey.length != BYTES) {
        throw new IllegalArgumentException("a signer's namespace and key have 32 bytes each");
      }
      namespace = namespace.clone();
      publicKey = publicKey.clone();
    }

    /// A signer under hypercore's own namespace.
    public static Signer of(KeyPair pair) {
      return new Signer(Namespaces.defaultSigner(), pair.publicKey());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signer signer
          && Arrays.equals(namespace, signer.namespace)
          && Arrays.equals(publicKey, signer.publicKey);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(namespace) + Arrays.hashCode(publicKey);
    }
  }

  /// Blocks that a core starts with whatever its signers say.
  ///
  /// @param hash the 32-byte hash of the tree of these blocks
  /// @param length how many they are; 0 in version 0, which does not say
  public record Prologue(byte[] hash, long length) {
    private static final int BYTES = 32;

    /// Copies the hash and checks its size.
    public Prologue {
      if (hash.length != BYTES || length < 0) {
        throw new IllegalArgumentException("a prologue has a hash of 32 bytes and a length");
      }
      hash = hash.clone();
    }

    /// Checks that blocks that are appended behind others are the rest of the prologue, all at
    /// once.
    void check(MerkleTree end, List<byte[]> blocks, List<byte[]> hashes) {
      long missing = length - end.length();
      if (blocks.size() < missing) {
        throw new IllegalArgumentException("a core's prologue is appended at once");
      }
      MerkleTree trial = end.copy();
      for (int at = 0; at < missing; at++) {
        trial.appendLeaf(blocks.get(at).length, hashes.get(at), _ -> {});
      }
      if (!Arrays.equals(trial.hash(), hash)) {
        throw new IllegalArgumentException("the first blocks are not the core's prologue");
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Prologue prologue
          && length == prologue.length
          && Arrays.equals(hash, prologue.hash);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(hash) + Long.hashCode(length);
    }
  }

  /// The usual manifest of a core with one writer: version 1, hypercore's own namespace.
  public static Manifest single(KeyPair pair) {
    return of(1, Signer.of(pair));
  }

  /// A version 1 manifest of these signers, any `quorum` of whom must sign.
  public static Manifest of(int quorum, Signer... signers) {
    return new Manifest(
        1, false, quorum, List.of(signers), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// The manifest of a core of the old kind, whose key is its signer's public key.
  static Manifest ofOldKind(byte[] key) {
    return of(1, new Signer(Namespaces.defaultSigner(), key));
  }

  /// The same manifest behind fixed first blocks.
  public Manifest withPrologue(Prologue first) {
    return new Manifest(
        Math.max(1, version), allowPatch, quorum, signers, Optional.of(first), linked, userData);
  }

  /// The bytes of the manifest.
  public byte[] encode() {
    Encoder encoder = new Encoder();
    ManifestCodec.write(encoder, this);
    return encoder.bytes();
  }

  /// Reads a manifest.
  public static Manifest decode(byte[] bytes) throws MalformedException {
    return Decoder.whole(bytes, ManifestCodec::read);
  }

  /// The key of the core that has this manifest.
  public byte[] key() {
    return Blake2b.hash256(Namespaces.manifest(), encode());
  }

  /// Whether a core of that key is of the old kind whose key is its only signer's public key.
  boolean oldKind(byte[] key) {
    return signers.size() == 1 && Arrays.equals(key, signers.getFirst().publicKey());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Manifest manifest && Arrays.equals(encode(), manifest.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }
}
