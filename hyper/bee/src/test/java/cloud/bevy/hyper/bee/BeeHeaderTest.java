package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BeeHeaderTest {
  private static final int INPUTS = 50_000;
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void headersAreThoseOfHyperbee() {
    assertThat(HEX.formatHex(BeeHeader.PLAIN.write())).isEqualTo("0a086879706572626565");
    assertThat(HEX.formatHex(BeeHeader.WITH_EMPTY_METADATA.write()))
        .isEqualTo("0a0868797065726265651200");
  }

  @Test
  void metadataComesBackAsItWas() {
    BeeHeader.Metadata metadata =
        new BeeHeader.Metadata(Optional.of(new byte[32]), Optional.of("x".getBytes(UTF_8)));
    BeeHeader read = BeeHeader.read(new BeeHeader(Optional.of(metadata)).write()).orElseThrow();
    assertThat(read.metadata().orElseThrow().contentFeed().orElseThrow()).hasSize(32);
    assertThat(read.metadata().orElseThrow().userData().orElseThrow()).containsExactly('x');
    assertThat(BeeHeader.read(BeeHeader.PLAIN.write())).contains(BeeHeader.PLAIN);
  }

  @Test
  void anotherProtocolIsNoBee() {
    assertThat(BeeHeader.read(HEX.parseHex("0a0868797065726265650a01"))).isEmpty();
    assertThat(BeeHeader.read(HEX.parseHex("0a0568797065720a"))).isEmpty();
    assertThat(BeeHeader.read(new byte[0])).isEmpty();
    assertThat(BeeHeader.read("hyperdrive".getBytes(UTF_8))).isEmpty();
  }

  /// A first block comes from whoever signs the core: whatever it is, it is a header or none.
  @Test
  void fiftyThousandSpoiltHeadersAreReadOrAreNone() {
    byte[] whole =
        new BeeHeader(
                Optional.of(
                    new BeeHeader.Metadata(Optional.of(new byte[32]), Optional.of(new byte[9]))))
            .write();
    SplittableRandom random = new SplittableRandom(3);
    int read = 0;
    for (int round = 0; round < INPUTS; round++) {
      byte[] spoilt = Arrays.copyOf(whole, random.nextInt(whole.length + 4));
      for (int i = random.nextInt(4); i > 0 && spoilt.length > 0; i--) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
      }
      Optional<BeeHeader> header = BeeHeader.read(spoilt);
      read += header.isPresent() ? 1 : 0;
      header.ifPresent(it -> assertThat(it.write().length).isLessThanOrEqualTo(spoilt.length + 4));
    }
    assertThat(read).isBetween(1, INPUTS - 1);
  }
}
