package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.core.Proof.Message;
import cloud.bevy.hyper.core.Proof.Request;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.TreeNode;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What liars hand in: nothing of it may stay.
class HostileProofsTest {
  private static final int LENGTH = 21;

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store here;
  private Store there;
  private Core core;
  private Exchange exchange;

  @BeforeEach
  void open() throws Exception {
    here = Store.open(world, folder.resolve("here"), StoreLimits.defaults());
    there = Store.open(world, folder.resolve("there"), StoreLimits.defaults());
    Core writer =
        Corestore.open(world, there, new byte[32])
            .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
    writer.append(Golden.blocks(0, 13)).ticket().await(Exchange.DEADLINE);
    core = Corestore.open(world, here, new byte[32]).remote(writer.key());
    exchange = Exchange.between(writer, core);
    exchange.upgrade().ticket().await(Exchange.DEADLINE);
    writer.append(Golden.blocks(13, LENGTH)).ticket().await(Exchange.DEADLINE);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private List<Message> samples() throws MalformedException {
    List<Message> samples = new ArrayList<>();
    for (Request request :
        new Request[] {
          Exchange.block(3, core.replica().missingNodes(6)),
          Exchange.block(12, 0),
          Exchange.hash(4, core.replica().missingNodes(4)),
          Exchange.upgrade(13, LENGTH - 13),
          Exchange.upgrade(13, 2),
          new Request(
              Optional.of(new Proof.Wanted(15, 0)),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Proof.Range(13, LENGTH - 13)))
        }) {
      samples.add(exchange.answer(request));
    }
    return samples;
  }

  /// What is still to be seen of the core when a liar has been refused: nothing new.
  private void assertUntouched(long batches) {
    assertThat(here.statistics().batches()).isEqualTo(batches);
    assertThat(core.appended()).isEqualTo(13);
    for (long index = 0; index < LENGTH; index++) {
      assertThat(core.has(index)).isFalse();
    }
  }

  @Test
  void everyFlippedBitIsRefusedAndLeavesNothing() throws Exception {
    long batches = here.statistics().batches();
    for (Message sample : samples()) {
      byte[] bytes = sample.proof().message(1, Optional.empty());
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        boolean harmless = bit / 8 == 1 || bit >= 5 && bit < 8; // the request's number; no flags
        assertThat(harmless || !taken(flipped)).as("bit %s of %s", bit, sample).isTrue();
      }
    }
    assertUntouched(batches);
    for (Message sample : samples()) {
      assertThat(core.replica().accept(List.of(sample)).outcomes().getFirst())
          .isIn(Outcome.TAKEN, Outcome.STALE);
    }
    assertThat(core.verify().sound()).isTrue();
  }

  private boolean taken(byte[] bytes) {
    try {
      Message message = Decoder.whole(bytes, Proof::read);
      if (message.proof().empty()) {
        return false;
      }
      return core.replica().accept(List.of(message)).outcomes().contains(Outcome.TAKEN);
    } catch (MalformedException refused) {
      return false;
    }
  }

  @Test
  void fuzzedMessagesAreRefusedOrChangeNothingThatDoesNotVerify() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    List<Message> samples = samples();
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes =
          samples.get(random.nextInt(samples.size())).proof().message(1, Optional.empty());
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        bytes[random.nextInt(Math.min(bytes.length, 80))] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      taken(Arrays.copyOf(bytes, length));
    }
    assertThat(core.verify().sound()).isTrue();
  }

  @Test
  void noiseIsNoManifestAndNoSignature() {
    SplittableRandom random = new SplittableRandom(6);
    byte[] manifest = core.manifest().encode();
    byte[] signature = core.head().signature();
    for (int round = 0; round < 50_000; round++) {
      byte[] one = noise(manifest, random);
      byte[] other = noise(signature, random);
      try {
        assertThat(Manifest.decode(one).encode()).isNotEmpty();
        assertThat(MultiSignature.decode(other).encode()).isNotEmpty();
      } catch (MalformedException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  private static byte[] noise(byte[] bytes, SplittableRandom random) {
    byte[] noise = bytes.clone();
    for (int change = random.nextInt(1, 6); change > 0; change--) {
      noise[random.nextInt(Math.min(noise.length, 20))] = (byte) random.nextInt(256);
    }
    return noise;
  }

  @Test
  void aCountThatNothingFollowsIsRefusedBeforeAnythingIsMadeForIt() {
    Encoder block = new Encoder().uint(1).uint(1).uint(0).uint(3).buffer(new byte[3]).uint(1 << 20);
    assertThatThrownBy(() -> Decoder.whole(block.bytes(), Proof::read))
        .isInstanceOf(MalformedException.class);
    Encoder value = new Encoder().uint(1).uint(1).uint(0).uint(3).uint(1L << 40);
    assertThatThrownBy(() -> Decoder.whole(value.bytes(), Proof::read))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aTreeThatIsTooLargeToBeOneIsRefused() {
    byte[] hash = new byte[TreeNode.HASH_BYTES];
    List<TreeNode> huge = new ArrayList<>();
    for (long index : FlatTree.cover(13, LENGTH)) {
      huge.add(new TreeNode(index, ProofCheck.MOST_BYTES, hash));
    }
    Proof.Upgrade upgrade =
        new Proof.Upgrade(13, LENGTH - 13, huge, List.of(), core.head().signature());
    assertRefused(
        new Proof(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(upgrade)));
    Proof.Upgrade signed =
        new Proof.Upgrade(13, 1, List.of(new TreeNode(26, 1, hash)), List.of(), new byte[1 << 16]);
    assertRefused(
        new Proof(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(signed)));
  }

  @Test
  void aBlockThatIsTooLargeIsRefused() {
    Proof.Block block = new Proof.Block(3, new byte[Core.MAXIMUM_BLOCK + 1], List.of());
    assertRefused(
        new Proof(0, Optional.of(block), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private void assertRefused(Proof proof) {
    long batches = here.statistics().batches();
    assertThatThrownBy(
            () -> core.replica().accept(List.of(new Message(1, proof, Optional.empty()))))
        .isInstanceOf(MalformedException.class);
    assertUntouched(batches);
  }

  @Test
  void moreThanIsTakenAtOnceIsTheCallersFault() throws Exception {
    Message one = samples().getFirst();
    List<Message> many = Collections.nCopies(Intake.MOST_PROOFS + 1, one);
    assertThatThrownBy(() -> core.replica().accept(many))
        .isInstanceOf(IllegalArgumentException.class);
    core.replica().accept(many.subList(1, many.size()));
    assertThat(core.has(3)).isTrue();
  }

  @Test
  void aManifestThatDoesNotFitIntoAHeaderIsRefused() {
    for (int more = 0; more < 2; more++) {
      Manifest manifest = manifest(Verifier.MOST_MANIFEST + more);
      Core fresh = Corestore.open(world, here, new byte[32]).remote(manifest.key());
      Message told = new Message(1, NOTHING, Optional.of(manifest));
      if (more == 0) {
        assertThatCode(() -> fresh.replica().accept(List.of(told))).doesNotThrowAnyException();
        assertThat(fresh.knownManifest()).contains(manifest);
      } else {
        assertThatThrownBy(() -> fresh.replica().accept(List.of(told)))
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  private static final Proof NOTHING =
      new Proof(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static Manifest manifest(int size) {
    byte[] userData = new byte[0];
    while (true) {
      Manifest manifest =
          new Manifest(
              2,
              false,
              1,
              List.of(Manifest.Signer.of(Golden.pair(1))),
              Optional.empty(),
              Optional.empty(),
              Optional.of(userData));
      int missing = size - manifest.encode().length;
      if (missing == 0) {
        return manifest;
      }
      userData = new byte[userData.length + missing];
    }
  }

  @Test
  void theManifestOfAnotherCoreIsRefused() throws Exception {
    Core fresh =
        Corestore.open(world, here, new byte[32]).remote(Manifest.single(Golden.pair(2)).key());
    Proof.Message message = exchange.answer(Exchange.upgrade(0, 13));
    for (Optional<Manifest> manifest :
        List.of(Optional.<Manifest>empty(), Optional.of(core.manifest()))) {
      assertThatThrownBy(
              () -> fresh.replica().accept(List.of(new Message(1, message.proof(), manifest))))
          .isInstanceOf(MalformedException.class);
    }
    assertThat(fresh.knownManifest()).isEmpty();
    assertThat(fresh.appended()).isZero();
  }
}
