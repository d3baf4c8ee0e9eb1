package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeHasherTest {
  private final Random random = new Random(1);
  private final TreeHasher hasher = new TreeHasher();

  @Test
  void blocksThatAreHashedTogetherHaveTheHashesTheyHaveAlone() {
    List<ByteBuffer> blocks = new ArrayList<>();
    add(blocks, 70, 1024);
    add(blocks, 3, 0);
    add(blocks, 31, 65_536);
    add(blocks, 1, 100);
    add(blocks, 40, 300);
    assertThat(hasher.leafHashes(blocks))
        .containsExactlyElementsOf(blocks.stream().map(hasher::leafHash).toList());
  }

  private void add(List<ByteBuffer> blocks, int count, int size) {
    for (int each = 0; each < count; each++) {
      byte[] block = new byte[size];
      random.nextBytes(block);
      blocks.add(ByteBuffer.wrap(block));
    }
  }
}
