package cloud.bevy.hyper.mux;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import cloud.bevy.testing.peers.Packages;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A process with npm's packages, and the secret stream to it.
final class NodePeer implements AutoCloseable {
  static final KeyPair SELF = KeyPair.fromSeed(new byte[32]);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  final World world = RealWorld.create(System.err);
  final SecretStream stream;
  private final Process process;
  private final BufferedReader lines;

  /// Starts one.
  ///
  /// @param what it does with the stream
  /// @param weListen whether it connects to us, or we to it
  NodePeer(String what, boolean weListen) throws IOException {
    Packages.need();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Network.Listener listener = world.network().listen(any)) {
      String port = weListen ? String.valueOf(listener.address().getPort()) : "0";
      process = start(what, port);
      lines = process.inputReader(StandardCharsets.UTF_8);
      if (weListen) {
        Duplex bytes = Duplex.over(listener.accept());
        stream = SecretStream.accept(world, bytes, SELF, StreamOptions.STANDARD);
      } else {
        int free = line().get("port").asInt();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free);
        Duplex bytes = Duplex.over(world.network().connect(address, PATIENCE));
        stream = SecretStream.initiate(world, bytes, SELF, StreamOptions.STANDARD);
      }
    }
  }

  private static Process start(String what, String port) throws IOException {
    Path program =
        Path.of(System.getProperty("bevy.root"), "hyper/mux/src/test/resources/node-peer.mjs");
    return new ProcessBuilder(
            List.of("node", program.toString(), Packages.FOLDER.toString(), what, port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The next line that the process has printed.
  JsonNode line() throws IOException {
    return JSON.readTree(lines.readLine());
  }

  @Override
  public void close() {
    stream.close();
    process.destroy();
  }
}
