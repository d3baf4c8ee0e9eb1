package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.FilePart;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/// A piece of a body that stands in files, and is sent by the system. It holds no memory. Parts are
/// gathered in it, as each piece is a matter of two threads, and closed with its last reference.
final class FilePiece extends AbstractReferenceCounted implements FileRegion {
  private final List<Slice> slices = new ArrayList<>();
  private long count;
  private long sent;
  private int next;
  private long sentOfNext;

  private record Slice(FilePart part, long from, long count) {}

  /// Adds what belongs behind the rest. The part belongs to the piece from now on.
  void add(FilePart part, long from, long more) {
    slices.add(new Slice(part, from, more));
    count += more;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  public long transferred() {
    return sent;
  }

  @Override
  @Deprecated
  public long transfered() {
    return sent;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long transferTo(WritableByteChannel target, long position) throws IOException {
    if (position != sent) {
      throw new IllegalArgumentException("it is sent in order");
    }
    long all = 0;
    while (next < slices.size()) {
      Slice slice = slices.get(next);
      long left = slice.count() - sentOfNext;
      long more = slice.part().transferTo(slice.from() + sentOfNext, left, target);
      sentOfNext += more;
      sent += more;
      all += more;
      if (more < left) {
        break;
      }
      next++;
      sentOfNext = 0;
    }
    return all;
  }

  @Override
  public FilePiece retain() {
    super.retain();
    return this;
  }

  @Override
  public FilePiece retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FilePiece touch() {
    return this;
  }

  @Override
  public FilePiece touch(Object hint) {
    return this;
  }

  @Override
  protected void deallocate() {
    slices.forEach(slice -> slice.part().close());
  }
}
