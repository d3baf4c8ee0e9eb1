package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/// Keeps what is written, and counts what of it came from the disk.
final class SentFromDisk extends ByteArrayOutputStream implements FileSink {
  private final WritableByteChannel channel = Channels.newChannel(this);
  private long fromDisk;

  @Override
  public void send(FilePart part, long from, long count) throws IOException {
    try (part) {
      fromDisk += part.transferTo(from, count, channel);
    }
  }

  long fromDisk() {
    return fromDisk;
  }
}
