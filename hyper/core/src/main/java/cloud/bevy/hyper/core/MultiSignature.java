package cloud.bevy.hyper.core;

import cloud.bevy.foundation.crypto.Ed25519;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.List;

/// The signatures of several signers in one: what a core of manifest version 1 and later carries,
/// also where it has a single signer.
///
/// @param proofs one a signer
/// @param patch tree nodes beyond the core's length, where a signer has signed a longer tree
public record MultiSignature(List<Proof> proofs, List<TreeNode> patch) {
  /// Copies the lists.
  public MultiSignature {
    proofs = List.copyOf(proofs);
    patch = List.copyOf(patch);
  }

  /// What one signer has signed.
  ///
  /// @param signer number of the signer in the manifest
  /// @param signature 64 bytes
  /// @param patch by how many blocks the tree that was signed is longer
  public record Proof(long signer, byte[] signature, long patch) {
    /// Checks the size of the signature.
    public Proof {
      if (signature.length != Ed25519.SIGNATURE || signer < 0 || patch < 0) {
        throw new IllegalArgumentException("no proof: signer " + signer + ", patch " + patch);
      }
      signature = signature.clone();
    }
  }

  /// The signature of a core's only signer.
  public static MultiSignature single(byte[] signature) {
    return new MultiSignature(List.of(new Proof(0, signature, 0)), List.of());
  }

  /// The bytes, as version 1 has them.
  public byte[] encode() {
    Encoder encoder = new Encoder(80);
    encoder.array(
        proofs,
        (to, proof) ->
            to.uint(proof.signer).fixed(proof.signature, Ed25519.SIGNATURE).uint(proof.patch));
    encoder.array(patch, Nodes::write);
    return encoder.bytes();
  }

  /// Reads the bytes of version 1 and later.
  public static MultiSignature decode(byte[] bytes) throws MalformedException {
    return Decoder.whole(
        bytes,
        from -> new MultiSignature(from.array(MultiSignature::readProof), from.array(Nodes::read)));
  }

  /// Reads the bytes of version 0.
  public static MultiSignature decodeOld(byte[] bytes) throws MalformedException {
    return Decoder.whole(
        bytes,
        from ->
            new MultiSignature(from.array(MultiSignature::readOldProof), from.array(Nodes::read)));
  }

  private static Proof readProof(Decoder from) throws MalformedException {
    return new Proof(from.uint(), from.fixed(Ed25519.SIGNATURE), from.uint());
  }

  private static Proof readOldProof(Decoder from) throws MalformedException {
    boolean patched = (from.uint() & 1) != 0;
    long signer = from.uint();
    byte[] signature = from.fixed(Ed25519.SIGNATURE);
    if (!patched) {
      return new Proof(signer, signature, 0);
    }
    from.uint(); // where the patch starts, which the core's length says already
    long patch = from.uint();
    from.array(Decoder::uint); // which nodes, which follows from start and length
    return new Proof(signer, signature, patch);
  }
}
