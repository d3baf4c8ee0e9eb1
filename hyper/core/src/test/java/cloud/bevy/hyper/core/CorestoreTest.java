package cloud.bevy.hyper.core;

import static cloud.bevy.hyper.core.Golden.bytes;
import static cloud.bevy.hyper.core.Golden.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorestoreTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private final JsonNode samples = Golden.crypto().get("corestore");

  @Test
  void keysDeriveByNameAsInJavaScript() {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Corestore root = Corestore.open(world, store, bytes(samples.get("primaryKey")));
      Corestore app = root.namespace("app");
      List<Core> cores = List.of(root.core("db"), app.core("db"), app.namespace("sub").core("x"));
      for (int at = 0; at < cores.size(); at++) {
        JsonNode sample = samples.get("keyPairs").get(at);
        assertThat(hex(cores.get(at).key())).isEqualTo(sample.get("coreKey").asText());
        assertThat(hex(cores.get(at).manifest().signers().getFirst().publicKey()))
            .isEqualTo(sample.get("publicKey").asText());
        assertThat(Ids.encode(cores.get(at).key()))
            .isEqualTo(Golden.hypercore().get("corestore").get(at).get("id").asText());
      }
      assertThat(root.keyPair("db").secretKey())
          .startsWith(bytes(samples.get("keyPairs").get(0).get("seed")));
    }
  }

  @Test
  void aCoreThatIsAskedForTwiceIsTheSame() {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Corestore one = Corestore.open(world, store, new byte[32]);
      byte[] otherKey = new byte[32];
      otherKey[0] = 1;
      assertThat(one.core("a")).isSameAs(one.core("a"));
      assertThat(one.owner(otherKey).owner(new byte[32]).core("a")).isSameAs(one.core("a"));
      assertThat(one.owner(otherKey).core("a").key()).isNotEqualTo(one.core("a").key());
      assertThat(one.core("b").key()).isNotEqualTo(one.core("a").key());
    }
  }

  @Test
  void aPrimaryKeyHas32Bytes() {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      assertThatThrownBy(() -> Corestore.open(world, store, new byte[31]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
