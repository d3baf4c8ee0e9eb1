package cloud.bevy.testing.interop;

import cloud.bevy.testing.peers.Peer;
import java.nio.file.Path;

final class JavaPeer {
  private JavaPeer() {}

  static Peer start(Path folder) {
    throw new UnsupportedOperationException(folder.toString());
  }
}
