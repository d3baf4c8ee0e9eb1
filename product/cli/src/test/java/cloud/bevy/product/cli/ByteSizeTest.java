package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSizeTest {
  @Test
  void aSizeIsReadWithAndWithoutAUnit() {
    assertThat(ByteSize.read("0")).contains(0L);
    assertThat(ByteSize.read("512")).contains(512L);
    assertThat(ByteSize.read("512b")).contains(512L);
    assertThat(ByteSize.read("10GB")).contains(10_000_000_000L);
    assertThat(ByteSize.read("10 gib")).contains(10L << 30);
    assertThat(ByteSize.read("1.5TiB")).contains(3L << 39);
    assertThat(ByteSize.read("999999999999999999")).isEmpty();
    assertThat(ByteSize.read("999999999999999kb")).contains(999_999_999_999_999_000L);
  }

  @Test
  void whatIsNoSizeIsNone() {
    for (String text : new String[] {"", "none", "-1", "1e3", "GB", "10 GX", "1.", "1000 pib"}) {
      assertThat(ByteSize.read(text)).as(text).isEmpty();
    }
  }

  @Test
  void aSizeIsSaidShortly() {
    assertThat(ByteSize.text(0)).isEqualTo("0 B");
    assertThat(ByteSize.text(999)).isEqualTo("999 B");
    assertThat(ByteSize.text(1500)).isEqualTo("1.5 KB");
    assertThat(ByteSize.text(10_000_000_000L)).isEqualTo("10 GB");
  }
}
