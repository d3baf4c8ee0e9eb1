package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final CloudKey CLOUD = new CloudKey(new byte[CloudKey.LENGTH]);

  @Test
  void theBytesAreThoseOfTheFormat() {
    byte[] bytes = new Share(CLOUD, Share.Kind.DRIVE, "bucket/1").encode();
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("01" + "00".repeat(32) + "01" + "08" + "6275636b65742f31");
  }

  @Test
  void whatWasWrittenIsRead() {
    Share share = new Share(CLOUD, Share.Kind.BEE, "table/1");
    assertThat(Share.decode(share.encode())).contains(share);
  }

  @Test
  void whatIsNoShareIsNone() {
    byte[] bytes = new Share(CLOUD, Share.Kind.BEE, "t").encode();
    bytes[0] = 2;
    assertThat(Share.decode(bytes)).isEmpty();
    bytes[0] = 1;
    bytes[1 + CloudKey.LENGTH] = 2;
    assertThat(Share.decode(bytes)).isEmpty();
    assertThat(Share.decode(new byte[0])).isEmpty();
  }
}
