package cloud.bevy.product.cli;

import cloud.bevy.doors.replication.ReplicationDoor;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Authorities;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.Mirror;
import cloud.bevy.hyper.drive.MirrorReport;
import cloud.bevy.hyper.replication.Access;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.hyper.wire.MalformedException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a folder as a drive is that others serve.
@Command(
    name = "mirror",
    description =
        "Copy a drive (a bucket of another cloud, or any Hyperdrive) to a folder. Run again, it"
            + " copies what has changed, and goes on where it was broken off.")
final class MirrorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long CACHE_BYTES = 16 << 20;

  @Mixin private final Common common = new Common();

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      description = "The drive's key, as bevy drive key prints it: z-base-32 or hexadecimal.")
  private String key = "";

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "The folder, which is made where there is none.")
  private Path folder = Path.of(".");

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description =
          "Who serves the drive: HOST:PORT (TCP), ws://HOST:PORT/hypercore, or"
              + " wss://HOST/hypercore (TLS). May be given more than once. Default: the cloud that"
              + " is running here.")
  private List<String> from = List.of();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "For wss://: trust the certificates in this file (PEM) too, beside those that Java and"
              + " this system trust: an authority's, or a server's own.")
  private @Nullable Path authorities;

  @Option(
      names = "--keep",
      description = "Keep what is in the folder and not in the drive, instead of deleting it.")
  private boolean keep;

  @Option(
      names = "--check",
      description = "Compare all files, not only those that have changed since the last time.")
  private boolean check;

  @Override
  public Integer call() throws IOException, InterruptedException {
    byte[] drive = key();
    List<PeerAddress> peers = peers();
    Authorities trust = trust();
    Path target = folder.toAbsolutePath().normalize();
    MirrorState state = MirrorState.open(common.world(), target, drive, keep);
    World world = common.world();
    Received received = new Received(world.time(), common.err());
    try (Store store = Store.open(world, state.store(), StoreLimits.defaults());
        HttpClient client = HttpClient.open(world, trust)) {
      byte[] nobody = world.chance().bytes(Corestore.PRIMARY_KEY);
      Corestore cores = Corestore.open(world, store, nobody);
      Replication replication = Replication.open(world, cores, Access.all());
      try (RemotePeer peer = new RemotePeer(world, client, replication, received::add)) {
        peers.forEach(peer::open);
        Drive remote =
            Drive.remote(world, cores, drive, new NodeCache(CACHE_BYTES)).patience(PATIENCE);
        Registration following = remote.follow(replication::follow);
        MirrorReport report = mirror(remote, target, state);
        following.close();
        received.done();
        return conclude(report, received.bytes());
      }
    } finally {
      received.done();
    }
  }

  private byte[] key() {
    try {
      return Ids.decode(key);
    } catch (MalformedException malformed) {
      throw new CommandFault(
          ExitCode.USAGE,
          "\"" + key + "\" is not a key: " + malformed.getMessage(),
          "bevy drive key BUCKET prints one");
    }
  }

  private List<PeerAddress> peers() {
    if (!from.isEmpty()) {
      return from.stream().map(PeerAddress::parse).toList();
    }
    String endpoint = common.control().endpoint();
    return List.of(PeerAddress.parse(endpoint.replaceFirst("http", "ws") + ReplicationDoor.PATH));
  }

  private Authorities trust() {
    Authorities usual = Authorities.usual(common.world().disk());
    if (authorities == null) {
      return usual;
    }
    try {
      return usual.and(authorities);
    } catch (NoSuchFileException missing) {
      throw new CommandFault(
          ExitCode.USAGE, "there is no file " + authorities, "name one with certificates in PEM");
    } catch (IOException unusable) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--ca " + authorities + " cannot be used: " + unusable.getMessage(),
          "openssl x509 -in FILE -out FILE.pem writes a certificate in PEM");
    }
  }

  private MirrorReport mirror(Drive remote, Path target, MirrorState state)
      throws IOException, InterruptedException {
    update(remote);
    state.begin();
    Mirror mirror = state.outOf(remote.mirrorTo(target));
    long fork = remote.database().fork();
    if (keep) {
      mirror = mirror.keeping();
    }
    if (!check && state.continues(fork, remote.version())) {
      mirror = mirror.since(state.version());
    }
    MirrorReport report = mirror.run();
    if (report.refused() == 0) {
      state.reached(fork, report.version());
    }
    remote.clearAll();
    return report;
  }

  private void update(Drive remote) throws InterruptedException {
    try {
      var _ = remote.update(PATIENCE);
    } catch (TimeoutException late) {
      throw nobody("nobody has answered within " + PATIENCE.toSeconds() + " s");
    }
    if (remote.database().length() == 0) {
      throw nobody("nobody there serves it, or it has never held anything");
    }
  }

  private CommandFault nobody(String reason) {
    return new CommandFault(
        ExitCode.FAILED,
        "drive " + key + " cannot be read: " + reason,
        "is the key right? A bucket is served once bevy drive key was asked for its key there");
  }

  private int conclude(MirrorReport report, long bytes) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("key", key);
    result.put("folder", folder.toString());
    result.put("version", report.version());
    result.put("added", report.added());
    result.put("changed", report.changed());
    result.put("deleted", report.deleted());
    result.put("refused", report.refused());
    result.put("receivedBytes", bytes);
    result.put("refusals", report.refusals().stream().map(MirrorCommand::fields).toList());
    common.print(result, () -> say(report));
    return report.refused() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Map<String, Object> fields(MirrorReport.Refusal refusal) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", refusal.path());
    fields.put("reason", refusal.reason());
    return fields;
  }

  private void say(MirrorReport report) {
    for (MirrorReport.Refusal refusal : report.refusals()) {
      common.err().println("bevy: " + refusal.path() + " was left out: " + refusal.reason());
    }
    common
        .out()
        .printf(
            "%s is at version %d: %d added, %d changed, %d deleted%s.%n",
            folder,
            report.version(),
            report.added(),
            report.changed(),
            report.deleted(),
            report.refused() == 0 ? "" : ", " + report.refused() + " left out");
  }
}
