package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// Bytes that stand in a file and can be sent to a channel by the system, without passing through
/// this process. The file stays open until the part is closed.
public interface FilePart extends AutoCloseable {
  /// How many bytes there are.
  long size();

  /// Sends some of them.
  ///
  /// @param from where to begin within the part
  /// @param count how many at most
  /// @return how many were sent; 0 where the channel takes none now
  /// @throws IOException if the file ends early, or the channel is closed
  long transferTo(long from, long count, WritableByteChannel to) throws IOException;

  @Override
  void close();
}
