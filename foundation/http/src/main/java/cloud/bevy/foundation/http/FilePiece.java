package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.FilePart;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// A piece of a body that stands in a file, and is sent by the system. It holds no memory. The part
/// is closed with its last reference.
final class FilePiece extends AbstractReferenceCounted implements FileRegion {
  private final FilePart part;
  private final long from;
  private final long count;
  private long sent;

  FilePiece(FilePart part, long from, long count) {
    this.part = part;
    this.from = from;
    this.count = count;
  }

  @Override
  public long position() {
    return from;
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
    long more = part.transferTo(from + position, count - position, target);
    sent += more;
    return more;
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
    part.close();
  }
}
