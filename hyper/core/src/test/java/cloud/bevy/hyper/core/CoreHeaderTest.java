package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CoreHeaderTest {
  /// docs/formats/core-header.md
  private static final byte[] GOLDEN =
      HexFormat.of()
          .parseHex(
              "636f7265" // "core"
                  + "01" // version
                  + "d8c3a0597903b28d751c6e0b7107775e388ec5a3cf669bdd1e7ec41b8b8f6e72" // key
                  + "46" // length of the manifest
                  + "0100000101004144eea531e483d54e0c14f4ca68e0644f355343ff6fcb0f005200e12cd7"
                  + "47cb8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");

  @Test
  void aHeaderIsWrittenAsItsPageSays() {
    Manifest manifest = Manifest.single(Golden.pair(1));
    assertThat(new CoreHeader(manifest.key(), manifest).encode()).isEqualTo(GOLDEN);
  }

  @Test
  void aHeaderIsReadBack() {
    CoreHeader header = CoreHeader.decode(GOLDEN);
    assertThat(header.manifest()).isEqualTo(Manifest.single(Golden.pair(1)));
    assertThat(header.key()).isEqualTo(header.manifest().key());
  }

  @Test
  void aHeaderOfANewerVersionOrOfSomethingElseSaysWhatToDo() {
    byte[] newer = GOLDEN.clone();
    newer[4] = 2;
    byte[] other = GOLDEN.clone();
    other[0] = 'x';
    for (byte[] bytes : new byte[][] {newer, other, Arrays.copyOf(GOLDEN, 30), new byte[0]}) {
      assertThatThrownBy(() -> CoreHeader.decode(bytes))
          .isInstanceOfSatisfying(
              CoreFault.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(CoreFault.Kind.FOREIGN);
                assertThat(fault.hint()).contains("version");
              });
    }
  }
}
