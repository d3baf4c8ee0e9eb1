package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/// Files of Zstandard, as its own command writes them and as nobody should.
class UnzstdTest {
  /// `zstd -19` of [#LINE].
  static final byte[] FILE =
      Base64.getDecoder()
          .decode("KLUv/SQnHQEAcsIHDsAbDk4Xw+rQzfjTIQHfoO3iTeZWh27eZe40NzprzADVPCBf");

  static final String LINE = "{\"Item\":{\"p\":{\"S\":\"a\"},\"s\":{\"N\":\"1\"}}}\n";

  private static InputStream plain(byte[] file) {
    return new Unzstd(new ByteArrayInputStream(file));
  }

  private static byte[] twice(byte[] file) {
    byte[] two = Arrays.copyOf(file, 2 * file.length);
    System.arraycopy(file, 0, two, file.length, file.length);
    return two;
  }

  @Test
  void oneAndSeveralFramesAreRead() throws IOException {
    assertThat(new String(plain(FILE).readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LINE);
    assertThat(new String(plain(twice(FILE)).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(LINE + LINE);
  }

  @Test
  void whatIsCutOffOrDamagedIsToldFromWhatCannotBeRead() {
    assertThatThrownBy(() -> plain(Arrays.copyOf(FILE, 30)).readAllBytes())
        .isInstanceOf(ZipException.class);
    assertThatThrownBy(() -> plain(new byte[100]).readAllBytes()).isInstanceOf(ZipException.class);
    InputStream unreadable =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk");
          }
        };
    assertThatThrownBy(() -> new Unzstd(unreadable).readAllBytes())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the disk");
  }

  @Test
  void theLargestWindowIsNotRefused() throws IOException {
    assertThat(plain(lines(23, 100)).transferTo(OutputStream.nullOutputStream()))
        .isEqualTo(100 * 131_072);
  }

  /// Line feeds, 131,072 at a time.
  private static byte[] lines(int window, int blocks) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(
        new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (window - 10 << 3)});
    for (int i = 1; i <= blocks; i++) {
      frame.writeBytes(new byte[] {(byte) (i < blocks ? 2 : 3), 0, 0x10, '\n'});
    }
    return frame.toByteArray();
  }

  @Test
  void aWindowThatWouldFillTheMemoryIsRefused() {
    for (int log : new int[] {24, 27, 30, 31}) {
      assertThatThrownBy(() -> plain(lines(log, 1_000)).transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(ZipException.class)
          .hasMessage("it wants a window of more than 8 MiB");
    }
  }

  @Test
  void zipBomb() throws IOException {
    JsonLines lines = new JsonLines(new ByteFeed(plain(lines(17, 1_000))));
    assertThat(lines.next().orElseThrow().toString()).contains("have no line");
    assertThat(lines.next()).isEmpty();
  }

  @Test
  void damagedFilesAreNeverAFault() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = FILE.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      try (InputStream plain = plain(damaged)) {
        assertThat(plain.readNBytes(1 << 20)).isNotNull();
      } catch (ZipException malformed) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(4_000);
  }
}
