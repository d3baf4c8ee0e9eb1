package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.bytes;
import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.core.Manifest.Signer;
import cloud.bevy.hyper.wire.MalformedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoldenSignatureTest {
  private final JsonNode crypto = Golden.crypto();
  private final JsonNode hypercore = Golden.hypercore();
  private final Manifest single = Manifest.single(Golden.pair(1));
  private final Verifier verifier = new Verifier(single.key(), single);

  @Test
  void everyLengthIsSignedAsInJavaScript() {
    for (JsonNode sample : hypercore.at("/singleSigner/lengths")) {
      MerkleTree tree = Golden.tree(sample.get("length").asInt());
      byte[] signable =
          verifier.signable(single.signers().getFirst(), tree.hash(), tree.length(), 0);
      assertThat(hex(signable)).isEqualTo(sample.get("signable").asText());
      byte[] signature = verifier.sign(tree, 0, Golden.pair(1));
      assertThat(hex(signature)).isEqualTo(sample.get("signature").asText());
      assertThat(verifier.verify(tree, 0, signature)).isTrue();
      assertThat(verifier.verify(tree, 1, signature)).isFalse();
    }
  }

  @Test
  void aForkIsSignedAsInJavaScript() {
    JsonNode truncated = hypercore.get("truncated");
    byte[] signature = verifier.sign(Golden.tree(7), 1, Golden.pair(1));
    assertThat(hex(signature)).isEqualTo(truncated.get("signature").asText());
  }

  @Test
  void aThousandBlocksAreSignedAsInJavaScript() {
    JsonNode samples = hypercore.get("lengths1000");
    Manifest manifest = Manifest.single(Golden.pair(2));
    assertThat(hex(manifest.key())).isEqualTo(samples.get("key").asText());
    Verifier second = new Verifier(manifest.key(), manifest);
    for (JsonNode mark : samples.get("marks")) {
      MerkleTree tree = Golden.tree(mark.get("length").asInt());
      assertThat(hex(tree.hash())).isEqualTo(mark.get("treeHash").asText());
      assertThat(hex(second.sign(tree, 0, Golden.pair(2))))
          .isEqualTo(mark.get("signature").asText());
    }
  }

  @Test
  void aCoreOfTheOldKindIsSignedAsInJavaScript() {
    JsonNode sample = hypercore.get("compat");
    Verifier old = new Verifier(bytes(sample.get("key")), Manifest.single(Golden.pair(3)));
    MerkleTree tree = Golden.tree(3);
    assertThat(hex(old.sign(tree, 0, Golden.pair(3)))).isEqualTo(sample.get("signature").asText());
    assertThat(old.verify(tree, 0, bytes(sample.get("signature")))).isTrue();
  }

  @Test
  void aQuorumSignsAsInJavaScript() {
    JsonNode samples = crypto.get("multisig");
    Manifest manifest = quorum2of3();
    Verifier quorum = new Verifier(bytes(samples.get("key")), manifest);
    MerkleTree tree = new MerkleTree(Golden.nodes(crypto.get("tree").get(3).get("roots")));
    for (int number = 0; number < 3; number++) {
      assertThat(hex(quorum.sign(tree, 0, Golden.pair(number + 1))))
          .isEqualTo(samples.get("partials").get(number).asText());
    }
    for (JsonNode sample : samples.get("cases")) {
      assertThat(quorum.verify(tree, 0, bytes(sample.get("encoded"))))
          .as(sample.get("signers").toString())
          .isEqualTo(sample.get("valid").asBoolean());
    }
    assertThat(quorum.verify(tree, 0, bytes(samples.at("/badSigner/encoded")))).isFalse();
  }

  @Test
  void aSingleSignerIsAQuorumOfOne() throws MalformedException {
    JsonNode sample = crypto.get("singleSignature");
    MerkleTree tree = new MerkleTree(Golden.nodes(crypto.get("tree").get(3).get("roots")));
    byte[] signature = verifier.sign(tree, 0, Golden.pair(1));
    assertThat(hex(signature)).isEqualTo(sample.get("encoded").asText());
    assertThat(MultiSignature.decode(signature).encode()).isEqualTo(signature);
  }

  @Test
  void aSignerMayHaveSignedALongerTree() throws MalformedException {
    JsonNode samples = hypercore.get("multisig2of3");
    Manifest manifest = Manifest.decode(bytes(samples.get("manifest")));
    Verifier patched = new Verifier(bytes(samples.get("key")), manifest);
    for (String name : List.of("noPatch", "withPatch")) {
      JsonNode sample = samples.get(name);
      MerkleTree tree = Golden.tree(sample.get("length").asInt());
      assertThat(hex(tree.hash())).isEqualTo(sample.get("treeHash").asText());
      byte[] signature = bytes(sample.get("signature"));
      assertThat(patched.verify(tree, 0, signature)).isTrue();
      assertThat(MultiSignature.decode(signature).encode()).isEqualTo(signature);
      assertThat(patched.verify(Golden.tree(3), 0, signature)).isFalse();
    }
  }

  @Test
  void aPatchOfTheWrongNodesIsRefused() throws MalformedException {
    JsonNode samples = hypercore.get("multisig2of3");
    Manifest manifest = Manifest.decode(bytes(samples.get("manifest")));
    Verifier patched = new Verifier(bytes(samples.get("key")), manifest);
    MultiSignature good = MultiSignature.decode(bytes(samples.at("/withPatch/signature")));
    byte[] without = new MultiSignature(good.proofs(), List.of()).encode();
    assertThat(patched.verify(Golden.tree(5), 0, without)).isFalse();
    MultiSignature.Proof endless =
        new MultiSignature.Proof(0, good.proofs().getFirst().signature(), (1L << 53) - 1);
    byte[] far = new MultiSignature(List.of(endless, endless), good.patch()).encode();
    assertThat(patched.verify(Golden.tree(5), 0, far)).isFalse();
  }

  @Test
  void aPrologueNeedsNoSignatureAndNothingElseFits() throws MalformedException {
    JsonNode samples = hypercore.get("prologueChain");
    Manifest manifest = Manifest.decode(bytes(samples.get("manifest")));
    assertThat(hex(manifest.key())).isEqualTo(samples.get("key").asText());
    Verifier chained = new Verifier(manifest.key(), manifest);
    assertThat(chained.verify(Golden.tree(5), 0, new byte[0])).isTrue();
    assertThat(chained.verify(Golden.tree(4), 0, new byte[0])).isFalse();
    MerkleTree longer = Golden.tree(6);
    assertThat(hex(longer.hash())).isEqualTo(samples.at("/length6/treeHash").asText());
    assertThat(chained.verify(longer, 0, bytes(samples.at("/length6/signature")))).isTrue();
    assertThat(chained.verify(longer, 0, new byte[0])).isFalse();
    assertThat(hex(chained.sign(longer, 0, Golden.pair(2))))
        .isEqualTo(samples.at("/length6/signature").asText());
  }

  @Test
  void theBytesThatAreSignedAreThoseOfJavaScript() {
    JsonNode current = crypto.get("treeSignable").get(0);
    byte[] hash = bytes(current.get("treeHash"));
    Signer signer = single.signers().getFirst();
    assertThat(hex(verifier.signable(signer, hash, 4, 0)))
        .isEqualTo(current.get("signable").asText());
    JsonNode old = crypto.get("treeSignable").get(1);
    Verifier compatible = new Verifier(Golden.pair(1).publicKey(), single);
    assertThat(hex(compatible.signable(signer, hash, 4, 1)))
        .isEqualTo(old.get("signable").asText());
  }

  @Test
  void aVerifierIsForTheManifestOfItsKeyOnly() {
    assertThatThrownBy(() -> new Verifier(new byte[32], single))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(verifier.suffices(Golden.pair(1))).isTrue();
    assertThat(verifier.suffices(Golden.pair(2))).isFalse();
  }

  @Test
  void nothingSignsForAnUnsignedCore() {
    Manifest unsigned =
        new Manifest(1, false, 0, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    Verifier nobody = new Verifier(unsigned.key(), unsigned);
    byte[] empty = new MultiSignature(List.of(), List.of()).encode();
    assertThat(nobody.verify(Golden.tree(3), 0, empty)).isFalse();
  }

  private static Manifest quorum2of3() {
    return Manifest.of(
        2, Signer.of(Golden.pair(1)), Signer.of(Golden.pair(2)), Signer.of(Golden.pair(3)));
  }
}
