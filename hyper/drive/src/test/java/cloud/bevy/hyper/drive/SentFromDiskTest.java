package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentFromDiskTest {
  private static final int SIZE = 1_000_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[] bytes = new byte[SIZE];
  private DriveFixture fixture;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new DriveFixture(folder);
    random.nextBytes(bytes);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRangeIsSentFromTheDiskByteForByte() throws Exception {
    assertRanges(fixture.drive.put(new ByteArrayInputStream(bytes)));
  }

  @Test
  void aRangeOfJoinedPartsIsSentFromTheDiskByteForByte() throws Exception {
    BlobId first = put(0, 300_001);
    var _ = put(5, 70); // so that the parts do not follow one another
    BlobId second = put(300_001, SIZE);
    assertRanges(fixture.drive.join(List.of(first, second)));
  }

  @Test
  void whatWasReadInPartBeforeGoesOnFromTheDisk() throws Exception {
    BlobId blob = fixture.drive.put(new ByteArrayInputStream(bytes));
    try (InputStream in = fixture.drive.read(blob);
        SentFromDisk out = new SentFromDisk()) {
      assertThat(in.readNBytes(100)).isEqualTo(Arrays.copyOf(bytes, 100));
      assertThat(in.transferTo(out)).isEqualTo(SIZE - 100);
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 100, SIZE));
      assertThat(out.fromDisk()).isGreaterThan(SIZE - 100_000L);
    }
  }

  private BlobId put(int from, int to) throws Exception {
    return fixture.drive.put(new ByteArrayInputStream(bytes, from, to - from));
  }

  private void assertRanges(BlobId blob) throws Exception {
    for (int round = 0; round < 50; round++) {
      int from = random.nextInt(SIZE);
      int count = random.nextInt(SIZE - from + 1);
      try (InputStream in = fixture.drive.read(blob, from, count);
          SentFromDisk out = new SentFromDisk()) {
        assertThat(in.transferTo(out)).isEqualTo(count);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, from + count));
        assertThat(out.fromDisk()).isGreaterThan(count - (16 << 10));
      }
    }
  }
}
