package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Ed25519;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.core.Manifest.Prologue;
import cloud.bevy.hyper.core.Manifest.Signer;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Signs the heads of one core and checks what others have signed: hypercore's `lib/verifier.js`.
public final class Verifier {
  /// The most bytes in the manifest of a core from elsewhere: what fits into a header.
  static final int MOST_MANIFEST = Store.MAXIMUM_HEADER - 64;

  private final byte[] key;
  private final Manifest manifest;
  private final boolean oldKind;

  /// @param key of the core: the manifest's own, or, for a core of the old kind, its only signer's
  public Verifier(byte[] key, Manifest manifest) {
    this.key = key.clone();
    this.manifest = manifest;
    this.oldKind = manifest.oldKind(key);
    if (!oldKind && !Arrays.equals(key, manifest.key())) {
      throw new IllegalArgumentException("the manifest is not that of the key");
    }
  }

  /// The verifier of a core whose manifest somebody else has told. Of the old kind of core the key
  /// fixes the signer only: the rest of the manifest is the usual one, whatever was told.
  static Verifier told(byte[] key, Manifest manifest) throws MalformedException {
    Manifest own = manifest.oldKind(key) ? Manifest.ofOldKind(key) : manifest;
    if (own.encode().length > MOST_MANIFEST) {
      throw new MalformedException("a manifest is too large");
    }
    try {
      return new Verifier(key, own);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("it has not the core's manifest");
    }
  }

  /// Who may sign.
  public Manifest manifest() {
    return manifest;
  }

  /// Whether a core may have this tree under this fork, given this signature. The blocks of a
  /// prologue need none.
  public boolean verify(MerkleTree tree, long fork, byte[] signature) {
    Optional<Prologue> fixed = prologue().filter(it -> tree.length() <= it.length());
    if (fixed.isPresent()) {
      return tree.length() == fixed.get().length()
          && Arrays.equals(tree.hash(), fixed.get().hash());
    }
    try {
      return rawSignature() ? verifyRaw(tree, fork, signature) : verifyAll(tree, fork, signature);
    } catch (MalformedException _) {
      return false;
    }
  }

  /// The blocks that need no signature, if there are any.
  Optional<Prologue> prologue() {
    return manifest.version() > 0 && !oldKind ? manifest.prologue() : Optional.empty();
  }

  /// Signs a tree as the one of the manifest's signers that `pair` is.
  ///
  /// @return the whole signature where there is one signer, else the 64 bytes of this one's part
  public byte[] sign(MerkleTree tree, long fork, KeyPair pair) {
    return sign(tree.hash(), tree.length(), fork, pair);
  }

  byte[] sign(byte[] rootHash, long length, long fork, KeyPair pair) {
    Signer signer = manifest.signers().get(numberOf(pair).orElseThrow());
    byte[] signature = pair.sign(signable(signer, rootHash, length, fork));
    return manifest.signers().size() != 1 || rawSignature()
        ? signature
        : MultiSignature.single(signature).encode();
  }

  /// Whether `pair` alone can sign for the core.
  public boolean suffices(KeyPair pair) {
    return manifest.signers().size() == 1 && manifest.quorum() == 1 && numberOf(pair).isPresent();
  }

  /// The bytes that the manifest's signers sign.
  byte[] signable(Signer signer, byte[] rootHash, long length, long fork) {
    Encoder encoder = new Encoder(112).raw(Namespaces.tree());
    if (!oldKind) {
      encoder.raw(manifest.version() == 0 ? signer.namespace() : key);
    }
    return encoder.raw(rootHash).uint64(length).uint64(fork).bytes();
  }

  private Optional<Integer> numberOf(KeyPair pair) {
    List<Signer> signers = manifest.signers();
    for (int number = 0; number < signers.size(); number++) {
      if (Arrays.equals(signers.get(number).publicKey(), pair.publicKey())) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  /// Whether a signature is 64 bytes and nothing around them.
  private boolean rawSignature() {
    return oldKind
        || (manifest.version() == 0 && !manifest.allowPatch() && manifest.signers().size() == 1);
  }

  private boolean verifyRaw(MerkleTree tree, long fork, byte[] signature) {
    return verifyOne(manifest.signers().getFirst(), tree, fork, signature);
  }

  private boolean verifyOne(Signer signer, MerkleTree tree, long fork, byte[] signature) {
    byte[] message = signable(signer, tree.hash(), tree.length(), fork);
    return Ed25519.verify(signature, message, signer.publicKey());
  }

  /// The first `quorum` proofs must be there and hold; what comes after them is not looked at.
  private boolean verifyAll(MerkleTree tree, long fork, byte[] bytes) throws MalformedException {
    MultiSignature all =
        manifest.version() == 0 ? MultiSignature.decodeOld(bytes) : MultiSignature.decode(bytes);
    if (manifest.quorum() == 0 || all.proofs().size() < manifest.quorum()) {
      return false;
    }
    Set<Long> seen = new HashSet<>();
    for (MultiSignature.Proof proof : all.proofs().subList(0, manifest.quorum())) {
      if (proof.signer() >= manifest.signers().size() || !seen.add(proof.signer())) {
        return false;
      }
      Signer signer = manifest.signers().get((int) proof.signer());
      Optional<MerkleTree> signed = signedTree(tree, proof, all.patch());
      if (signed.isEmpty() || !verifyOne(signer, signed.get(), fork, proof.signature())) {
        return false;
      }
    }
    return true;
  }

  private Optional<MerkleTree> signedTree(
      MerkleTree tree, MultiSignature.Proof proof, List<TreeNode> patch) {
    if (proof.patch() == 0) {
      return Optional.of(tree);
    }
    if (!manifest.allowPatch()) {
      return Optional.empty();
    }
    Map<Long, TreeNode> nodes = new HashMap<>();
    patch.forEach(node -> nodes.put(node.index(), node));
    MerkleTree longer = tree.copy();
    for (long index : FlatTree.cover(tree.length(), tree.length() + proof.patch())) {
      TreeNode node = nodes.get(index);
      if (node == null) {
        return Optional.empty();
      }
      longer.appendNode(node, _ -> {});
    }
    return Optional.of(longer);
  }
}
