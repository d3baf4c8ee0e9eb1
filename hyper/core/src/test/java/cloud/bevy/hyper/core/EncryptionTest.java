package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.bytes;
import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private final JsonNode sample = Golden.hypercore().get("encrypted");
  private final byte[] key = bytes(sample.get("encryptionKey"));

  private Core golden(Store store) {
    return Corestore.open(world, store, new byte[32])
        .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
  }

  private static byte[] found(BlockLookup lookup) {
    return ((BlockLookup.Found) lookup).toArray();
  }

  @Test
  void blocksAreEncryptedAsInJavaScript() {
    JsonNode samples = Golden.crypto().get("blockEncryption");
    BlockCipher cipher =
        new BlockCipher(bytes(samples.get("coreKey")), bytes(samples.get("encryptionKey")));
    for (JsonNode block : samples.get("blocks")) {
      long index = block.get("index").asLong();
      byte[] plain = bytes(block.get("plain"));
      byte[] stored = cipher.encrypt(index, block.get("fork").asLong(), plain);
      assertThat(hex(stored)).isEqualTo(block.get("cipher").asText());
      assertThat(found(cipher.decrypt(index, new BlockLookup.Found(ByteBuffer.wrap(stored)))))
          .isEqualTo(plain);
    }
  }

  @Test
  void anEncryptedCoreIsThatOfJavaScript() throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Core core = golden(store).encryptedWith(key);
      List<byte[]> plain =
          sample
              .get("plain")
              .valueStream()
              .map(it -> it.asText().getBytes(StandardCharsets.UTF_8))
              .toList();
      Append append = core.append(plain);
      append.ticket().await(Exchange.DEADLINE);
      assertThat(hex(core.rootHash())).isEqualTo(sample.get("treeHash").asText());
      assertThat(hex(core.head().signature())).isEqualTo(sample.get("signature").asText());
      assertThat(core.byteLength()).isEqualTo(sample.get("byteLength").asLong());
      assertThat(core.tip().byteLength()).isEqualTo(10);
      for (int index = 0; index < 2; index++) {
        assertThat(found(core.get(index))).isEqualTo(plain.get(index));
        assertThat(found(core.getVerified(index))).isEqualTo(plain.get(index));
        Proof proof = core.prove(Exchange.block(index, 0));
        assertThat(hex(new BlockLookup.Found(proof.block().orElseThrow().bytes()).toArray()))
            .isEqualTo(sample.get("rawBlocks").get(index).asText());
      }
      assertThat(core.seek(7)).contains(new Place(1, 2));
      assertThat(core.seek(5)).contains(new Place(1, 0));
      assertThat(core.seek(10)).isEmpty();
      assertThat(core.verify().sound()).isTrue();
      assertThat(core.append(new byte[3]).byteStart()).isEqualTo(10);
    }
  }

  @Test
  void whoHasTheEncryptionKeyReadsWhatIsElsewhereAndNobodyElse() throws Exception {
    try (Store store = Store.open(world, folder.resolve("a"), StoreLimits.defaults());
        Store other = Store.open(world, folder.resolve("b"), StoreLimits.defaults())) {
      Core writer = golden(store).encryptedWith(key);
      writer.append(Golden.blocks(0, 30)).ticket().await(Exchange.DEADLINE);
      Core reader = Corestore.open(world, other, new byte[32]).remote(writer.key());
      Exchange.between(writer, reader).all();
      assertThat(found(reader.get(5))).isNotEqualTo(Golden.block(5)).hasSize(1024 + 8);
      reader.encryptedWith(key);
      for (int index = 0; index < 30; index++) {
        assertThat(found(reader.get(index))).isEqualTo(Golden.block(index));
      }
      assertThatThrownBy(() -> reader.encryptedWith(new byte[32]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.encryptedWith(new byte[31]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theSameBlockUnderAnotherForkIsEncryptedOtherwise() throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Core core = golden(store).encryptedWith(key);
      core.append(new byte[20]).ticket().await(Exchange.DEADLINE);
      ByteBuffer first = core.prove(Exchange.block(0, 0)).block().orElseThrow().bytes();
      core.truncate(0);
      core.append(new byte[20]).ticket().await(Exchange.DEADLINE);
      ByteBuffer second = core.prove(Exchange.block(0, 0)).block().orElseThrow().bytes();
      assertThat(second).isNotEqualTo(first);
      assertThat(found(core.get(0))).isEqualTo(new byte[20]);
    }
  }

  @Test
  void aBlockThatIsTooShortToBeEncryptedIsCorrupt() throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Core core = golden(store);
      core.append(new byte[7]).ticket().await(Exchange.DEADLINE);
      assertThat(core.encryptedWith(key).get(0)).isInstanceOf(BlockLookup.Corrupt.class);
    }
  }

  @Test
  void appendsBehindALengthAreRefusedWhenTheCoreHasMoved() throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Core core = golden(store).encryptedWith(key);
      core.append(0, List.of(new byte[7]));
      assertThatThrownBy(() -> core.append(0, List.of(new byte[7]))).isInstanceOf(CoreFault.class);
      core.append(1, List.of(new byte[7])).ticket().await(Exchange.DEADLINE);
      assertThat(core.length()).isEqualTo(2);
    }
  }
}
