package cloud.bevy.foundation.base;

import java.io.IOException;

/// What a stream of bytes may be besides an `OutputStream`: one that has the system send bytes that
/// stand in a file.
public interface FileSink {
  /// Writes some of a part's bytes, in order with what else is written.
  ///
  /// @param part belongs to the sink from now on, which closes it, also where this fails
  /// @param from where to begin within the part
  /// @throws IOException if they cannot be written
  void send(FilePart part, long from, long count) throws IOException;
}
