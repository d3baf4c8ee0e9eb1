package cloud.bevy.testing.oracles;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.IOException;

/// A client of a cloud who is on no machine: it outlives crashes and remembers what it was told.
interface Writer {
  /// Compares what the cloud has with what was acknowledged and what was sent since.
  ///
  /// @throws AssertionError if it can not be
  void check(Cloud cloud) throws IOException;

  /// Makes the next write, and remembers that it was acknowledged when it is.
  void write(Cloud cloud) throws IOException;
}
