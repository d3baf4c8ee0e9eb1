package cloud.bevy.product.cli;

import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// A way to a peer that tells how much comes over it.
///
/// @param received is told of each number of bytes
record CountedDuplex(Duplex bytes, LongConsumer received) implements Duplex {
  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = bytes.read(into);
    if (count > 0) {
      received.accept(count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    bytes.write(from);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
