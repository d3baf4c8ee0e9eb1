package cloud.bevy.hyper.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int LIMIT = 1000;

  @Test
  void cutsFramesHoweverTheBytesArrive() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int largest = seed % 10 == 0 ? 600_000 : 3000;
      List<byte[]> frames = new ArrayList<>();
      for (int index = 0; index < 20; index++) {
        frames.add(noise(random, random.nextInt(largest)));
      }
      FrameReader reader = new FrameReader(new Given(framed(frames), random), 600_000);
      for (byte[] frame : frames) {
        assertThat(bytes(reader.next())).isEqualTo(frame);
      }
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aFrameOfTheLongestSizeIsTakenAndALongerOneRefused() throws IOException {
    byte[] longest = framed(List.of(new byte[LIMIT]));
    assertThat(bytes(reader(longest).next())).hasSize(LIMIT);
    byte[] longer = framed(List.of(new byte[LIMIT + 1]));
    assertThatThrownBy(() -> reader(Arrays.copyOf(longer, 3)).next())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("1001 bytes");
  }

  @Test
  void anEndWithinAFrameIsNotAnEnd() throws IOException {
    byte[] frame = framed(List.of(new byte[5]));
    assertThat(reader(new byte[0]).next()).isNull();
    for (int length = 1; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> reader(cut).next()).isInstanceOf(EOFException.class);
    }
  }

  /// What is announced and does not come costs no more than what has come.
  @Test
  void anAnnouncedLengthTakesNoMemory() {
    byte[] announced = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};
    List<Integer> rooms = new ArrayList<>();
    Duplex few =
        new Given(announced, new SplittableRandom(1)) {
          @Override
          public int read(ByteBuffer into) {
            rooms.add(into.array().length);
            return super.read(into);
          }
        };
    assertThatThrownBy(() -> new FrameReader(few, 0xffffff).next())
        .isInstanceOf(EOFException.class);
    assertThat(rooms).allMatch(room -> room <= 4096);
  }

  @Test
  void fiftyThousandInventedStreamsEndCleanly() {
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] invented = noise(random, random.nextInt(60));
      for (int at = 2; at < invented.length && round % 3 > 0; at += 1 + random.nextInt(20)) {
        invented[at] = 0;
      }
      FrameReader reader = reader(invented);
      try {
        int frames = 0;
        while (reader.next() != null) {
          frames++;
        }
        assertThat(frames).isLessThan(21);
      } catch (IOException clean) {
        assertThat(clean).isInstanceOfAny(RefusedException.class, EOFException.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(40_000, 49_999);
  }

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new Given(bytes, new SplittableRandom(3)), LIMIT);
  }

  private static byte[] noise(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] framed(List<byte[]> frames) {
    ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(frame -> frame.length + 3).sum());
    for (byte[] frame : frames) {
      all.put((byte) frame.length).put((byte) (frame.length >>> 8));
      all.put((byte) (frame.length >>> 16)).put(frame);
    }
    return all.array();
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /// Bytes that arrive in pieces of chance, then the end.
  private static class Given implements Duplex {
    private final ByteBuffer bytes;
    private final SplittableRandom random;

    Given(byte[] bytes, SplittableRandom random) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.random = random;
    }

    @Override
    public int read(ByteBuffer into) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int most = Math.min(bytes.remaining(), into.remaining());
      int count = Math.min(most, 1 + random.nextInt(random.nextBoolean() ? 5 : 300_000));
      into.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public void write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
