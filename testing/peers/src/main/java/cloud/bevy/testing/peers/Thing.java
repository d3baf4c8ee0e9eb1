package cloud.bevy.testing.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// What a peer has open under a name.
record Thing(Peer peer, String as) {
  JsonNode ask(String command, Object... details) {
    return ask(Peer.PATIENCE, command, details);
  }

  JsonNode ask(Duration patience, String command, Object... details) {
    Object[] all = new Object[details.length + 2];
    all[0] = "of";
    all[1] = as;
    System.arraycopy(details, 0, all, 2, details.length);
    return peer.await(command, peer.send(command, all), patience);
  }

  /// Gives a command until what it answers has that version.
  long awaitVersion(String command, long version) {
    long end = System.nanoTime() + Peer.PATIENCE.toNanos();
    while (true) {
      long now = ask(command).get("version").asLong();
      if (now >= version) {
        return now;
      }
      if (System.nanoTime() > end) {
        throw new PeerFailed(command + " came to version " + now + " only, not " + version);
      }
    }
  }
}
