package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.hyper.replication.Link;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;

/// A peer that is connected to again whenever the connection breaks, until this is closed.
final class RemotePeer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration GLANCE = Duration.ofMinutes(1);
  private static final int SEED_BYTES = 32;

  private final World world;
  private final HttpClient client;
  private final Replication replication;
  private final LongConsumer received;

  private volatile boolean closed;

  /// @param received is told of the bytes that come
  RemotePeer(World world, HttpClient client, Replication replication, LongConsumer received) {
    this.world = world;
    this.client = client;
    this.replication = replication;
    this.received = received;
  }

  /// Connects for the first time.
  ///
  /// @throws CommandFault if that does not work
  void open(PeerAddress address) {
    try {
      Link link = connect(address);
      world.tasks().start("peer " + address.text(), () -> keep(address, link));
    } catch (SSLException untrusted) {
      throw refused(
          address,
          untrusted,
          "the certificate must be for the host in the address; --ca FILE trusts those in a file,"
              + " an authority's or the server's own");
    } catch (IOException refused) {
      throw refused(
          address,
          refused,
          "is it up, and is that its address? bevy status says where a cloud exchanges them");
    }
  }

  private static CommandFault refused(PeerAddress address, IOException reason, String hint) {
    return new CommandFault(
        ExitCode.FAILED,
        "cannot exchange Hypercores with " + address.text() + ": " + reason.getMessage(),
        hint);
  }

  @Override
  public void close() {
    closed = true;
    replication.links().forEach(Link::close);
  }

  private Link connect(PeerAddress address) throws IOException {
    KeyPair self = KeyPair.fromSeed(world.chance().bytes(SEED_BYTES));
    CountedDuplex bytes = new CountedDuplex(address.connect(world, client), received);
    return replication.join(SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD));
  }

  private void keep(PeerAddress address, Link first) {
    Link link = first;
    try {
      while (!closed) {
        if (ended(world.tasks(), link) && !closed) {
          world.tasks().sleep(PAUSE);
          link = again(address, link);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean ended(Tasks tasks, Link link) throws InterruptedException {
    try {
      tasks.await(link.ended(), GLANCE);
      return true;
    } catch (TimeoutException lasting) {
      return false;
    }
  }

  private Link again(PeerAddress address, Link old) {
    try {
      return connect(address);
    } catch (IOException unreachable) {
      return old;
    }
  }
}
