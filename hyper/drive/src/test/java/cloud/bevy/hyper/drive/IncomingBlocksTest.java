package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IncomingBlocksTest {
  private final Clock clock = new Clock();

  /// Stands still until it is moved.
  private static final class Clock implements Time {
    long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanos() {
      return nanos;
    }
  }

  /// Bytes of which each read takes a while.
  private final class Trickle extends InputStream {
    private final InputStream bytes;
    private final long nanos;
    int longest;

    Trickle(byte[] bytes, long nanos) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.nanos = nanos;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      clock.nanos += nanos;
      longest = Math.max(longest, into.length);
      return bytes.read(into, offset, Math.min(length, 1000));
    }
  }

  @Test
  void whatComesFastIsHandedOutInGroups() throws IOException {
    int size = BlobWriter.GROUP_BYTES + 2 * BlobWriter.BLOCK_BYTES + 5;
    assertThat(groups(new ByteArrayInputStream(bytes(size)), bytes(size)))
        .containsExactly(BlobWriter.GROUP_BLOCKS, 3);
  }

  @Test
  void blocksAreFullButTheLastAndNoneIsEmpty() throws IOException {
    for (int size : new int[] {0, 1, 4096, 4097, 65_535, 65_536, 65_537, BlobWriter.GROUP_BYTES}) {
      int blocks = (size + BlobWriter.BLOCK_BYTES - 1) / BlobWriter.BLOCK_BYTES;
      assertThat(groups(new ByteArrayInputStream(bytes(size)), bytes(size)))
          .isEqualTo(blocks == 0 ? List.of() : List.of(blocks));
    }
  }

  /// Bytes that come fast, and then no more.
  private static final class Stall extends InputStream {
    private final CountDownLatch stalled;
    private final CountDownLatch over;
    int left = BlobWriter.GROUP_BYTES - 1;

    Stall(CountDownLatch stalled, CountDownLatch over) {
      this.stalled = stalled;
      this.over = over;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        stalled.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
        return -1;
      }
      int count = Math.min(length, left);
      left -= count;
      return count;
    }
  }

  @Test
  void manyWhoStallHoldLittleTogether() throws Exception {
    int clients = 40;
    CountDownLatch stalled = new CountDownLatch(clients);
    CountDownLatch over = new CountDownLatch(1);
    AtomicLong handedOut = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        Stall input = new Stall(stalled, over);
        IncomingBlocks incoming = new IncomingBlocks(clock, input);
        var _ =
            threads.submit(() -> {
              for (var group = incoming.group(); !group.isEmpty(); group = incoming.group()) {
                group.forEach(block -> handedOut.addAndGet(block.length));
              }
              return null;
            });
      }
      stalled.await();
      long sent = (long) clients * (BlobWriter.GROUP_BYTES - 1);
      assertThat(sent - handedOut.get())
          .isLessThan(IncomingBlocks.PLENTY + (clients + 1L) * BlobWriter.BLOCK_BYTES);
      over.countDown();
    }
    assertThat(handedOut).hasValue((long) clients * (BlobWriter.GROUP_BYTES - 1));
  }

  @Test
  void whatTricklesIsHandedOutBlockByBlock() throws IOException {
    byte[] bytes = bytes(5 * BlobWriter.BLOCK_BYTES + 7);
    long slow = IncomingBlocks.PATIENCE_NANOS / 50;
    assertThat(groups(new Trickle(bytes, slow), bytes)).containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void memoryIsTakenAsBytesCome() throws IOException {
    Trickle few = new Trickle(bytes(5000), 1);
    assertThat(new IncomingBlocks(clock, few).group().getFirst()).hasSize(5000);
    assertThat(few.longest).isLessThan(BlobWriter.BLOCK_BYTES);
  }

  /// How many blocks there are in each group.
  private List<Integer> groups(InputStream from, byte[] expected) throws IOException {
    IncomingBlocks incoming = new IncomingBlocks(clock, from);
    List<Integer> sizes = new ArrayList<>();
    List<byte[]> blocks = new ArrayList<>();
    for (var group = incoming.group(); !group.isEmpty(); group = incoming.group()) {
      sizes.add(group.size());
      blocks.addAll(group);
    }
    assertThat(blocks).containsExactlyElementsOf(BlobWriter.blocks(expected));
    return sizes;
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
