package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Proof.Request;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {
  private static final int LENGTH = 13;

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private final JsonNode samples = Golden.hypercore().at("/singleSigner/proofs");
  private Store store;
  private Core core;

  @BeforeEach
  void open() throws Exception {
    store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    Corestore cores = Corestore.open(world, store, new byte[32]);
    core = cores.core(Golden.pair(1), Manifest.single(Golden.pair(1)));
    core.append(Golden.blocks(0, LENGTH)).ticket().await(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void proofsAreByteForByteThoseOfJavaScript() throws MalformedException {
    for (JsonNode sample : samples) {
      Proof proof = core.prove(request(sample.get("request")));
      assertThat(hex(proof.message(1, Optional.empty())))
          .as(sample.get("name").asText())
          .isEqualTo(sample.get("dataMessage").asText());
      JsonNode whole = sample.get("dataMessageWithManifest");
      if (!whole.isNull()) {
        assertThat(hex(proof.message(1, Optional.of(core.manifest())))).isEqualTo(whole.asText());
      }
    }
  }

  @Test
  void proofsOfJavaScriptConvince() throws MalformedException {
    for (JsonNode sample : samples) {
      byte[] bytes = Golden.bytes(sample.get("dataMessage"));
      Proof.Message message = Decoder.whole(bytes, Proof::read);
      assertThat(message.proof().message(message.request(), message.manifest())).isEqualTo(bytes);
      ProofCheck.Shown shown = check(message.proof());
      assertThat(shown.tree().length())
          .as(sample.get("name").asText())
          .isEqualTo(message.proof().upgrade().isPresent() ? LENGTH : known(message.proof()));
    }
  }

  /// All but a seek's number of bytes, which only says what was asked for.
  @Test
  void aChangedByteConvincesNobody() throws MalformedException {
    SplittableRandom random = new SplittableRandom(3);
    for (JsonNode sample : samples) {
      byte[] bytes = Golden.bytes(sample.get("dataMessage"));
      for (int round = 0; round < 40; round++) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(3, bytes.length);
        changed[at] ^= (byte) (1 << random.nextInt(8));
        assertThat(convinces(changed) && sought(changed) == sought(bytes))
            .as(sample.get("name").asText() + " at " + at)
            .isFalse();
      }
    }
  }

  private boolean convinces(byte[] message) {
    try {
      return check(Decoder.whole(message, Proof::read).proof()).tree().length() >= 0;
    } catch (MalformedException _) {
      return false;
    }
  }

  private static long sought(byte[] message) throws MalformedException {
    return Decoder.whole(message, Proof::read).proof().seek().map(Proof.Seek::bytes).orElse(-1L);
  }

  @Test
  void noMessageBreaksTheCheck() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = Golden.bytes(samples.get(random.nextInt(samples.size())).get("dataMessage"));
      for (int change = 0; change < 4; change++) {
        bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Decoder.whole(bytes, Proof::read).request()).isNotNegative();
        if (round % 20 == 0) { // signatures take their time
          check(Decoder.whole(bytes, Proof::read).proof());
        }
      } catch (MalformedException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void whatTheCoreDoesNotHaveIsNotProved() {
    for (Request request :
        new Request[] {
          block(13, 0),
          block(-1, 0),
          block(3, 9),
          upgrade(0, 14),
          upgrade(3, 0),
          upgrade(-1, 3),
          upgrade(13, 1)
        }) {
      assertThatThrownBy(() -> core.prove(request))
          .as(request.toString())
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aPrologueIsCheckedAtItsOwnLength() throws MalformedException {
    JsonNode samples = Golden.hypercore().get("prologueChain");
    Manifest manifest = Manifest.decode(Golden.bytes(samples.get("manifest")));
    Verifier verifier = new Verifier(manifest.key(), manifest);
    Proof.Message message = Decoder.whole(Golden.bytes(samples.get("upgradeFrom0")), Proof::read);
    assertThat(message.manifest()).contains(manifest);
    ProofCheck.Shown shown =
        new ProofCheck(verifier).check(message.proof(), new MerkleTree(), _ -> Optional.empty());
    assertThat(shown.tree().length()).isEqualTo(6);
  }

  /// Checks a proof as a reader does who has the tree it was made for.
  private ProofCheck.Shown check(Proof proof) throws MalformedException {
    Map<Long, TreeNode> nodes = new HashMap<>();
    MerkleTree tree = new MerkleTree();
    Golden.blocks(0, (int) known(proof))
        .forEach(block -> tree.append(block, node -> nodes.put(node.index(), node)));
    return new ProofCheck(core.verifier())
        .check(proof, tree, index -> Optional.ofNullable(nodes.get(index)));
  }

  private static long known(Proof proof) {
    return proof.upgrade().map(it -> Math.min(it.start(), LENGTH)).orElse((long) LENGTH);
  }

  private static Request request(JsonNode it) {
    return new Request(
        wanted(it.path("block")),
        wanted(it.path("hash")),
        it.has("seek")
            ? Optional.of(
                new Proof.Spot(it.at("/seek/bytes").asLong(), it.at("/seek/padding").asLong()))
            : Optional.empty(),
        it.has("upgrade")
            ? Optional.of(
                new Proof.Range(
                    it.at("/upgrade/start").asLong(), it.at("/upgrade/length").asLong()))
            : Optional.empty());
  }

  private static Optional<Proof.Wanted> wanted(JsonNode it) {
    return it.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Proof.Wanted(it.get("index").asLong(), it.get("nodes").asLong()));
  }

  private static Request block(long index, long nodes) {
    return new Request(
        Optional.of(new Proof.Wanted(index, nodes)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Request upgrade(long start, long length) {
    return new Request(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Proof.Range(start, length)));
  }
}
