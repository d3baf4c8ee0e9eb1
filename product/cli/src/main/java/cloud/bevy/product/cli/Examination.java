package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the doctor looks at, thing by thing. Changes nothing.
final class Examination {
  private static final int JAVA = 25;
  private static final long LEAST_FREE_BYTES = 1L << 30;
  private static final int MIB_SHIFT = 20;
  private static final int PROBE_SECONDS = 10;

  private final World world;
  private final Path home;

  Examination(World world, Path home) {
    this.world = world;
    this.home = home;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(startCache());
    findings.add(homeFolder());
    findings.add(room());
    findings.add(frontDoor());
    findings.add(engine());
    findings.add(jail());
    return findings;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return feature == JAVA
        ? Finding.good("Java", Runtime.version().toString())
        : Finding.broken("Java", "version " + feature, "install a JDK 25");
  }

  private Finding startCache() {
    Path cache = dist().resolve("bevy.aot");
    return world.disk().exists(cache)
        ? Finding.good("start cache", cache.toString())
        : Finding.lacking(
            "start cache", "missing: starting takes longer", "rm -r " + dist() + "; bevy version");
  }

  private Finding homeFolder() {
    Optional<NodeFile> node = NodeFile.read(world, home);
    if (node.isPresent()) {
      return Finding.good(
          "state folder",
          home + ", up as process " + node.get().pid() + " at " + node.get().endpoint());
    }
    return world.disk().exists(home)
        ? Finding.good("state folder", home + ", not running")
        : Finding.good("state folder", home + ", made at the first bevy up");
  }

  private Finding room() {
    Path there = home;
    while (!world.disk().exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      long free = world.disk().freeSpace(there);
      String detail = (free >> MIB_SHIFT) + " MiB free";
      return free >= LEAST_FREE_BYTES
          ? Finding.good("disk", detail)
          : Finding.lacking("disk", detail, "make room: a full disk refuses writes");
    } catch (IOException failure) {
      return Finding.broken("disk", failure.toString(), "check the file system of " + there);
    }
  }

  private Finding frontDoor() {
    if (NodeFile.read(world, home).isPresent()) {
      return Finding.good("front door", "held by the running cloud");
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Up.DEFAULT_PORT);
    try (var free = world.network().listen(address)) {
      return Finding.good("front door", "port " + free.address().getPort() + " is free");
    } catch (IOException taken) {
      return Finding.lacking(
          "front door",
          "port " + Up.DEFAULT_PORT + " is taken by another program",
          "stop it, or choose another: bevy up --port PORT");
    }
  }

  private Finding engine() {
    Path engine = dist().resolve("engine").resolve("workerd");
    return world.disk().exists(engine)
        ? Finding.good("functions engine", engine.toString())
        : Finding.lacking(
            "functions engine",
            "missing: apps with functions cannot run",
            "install npm, then: sh build/engine/install");
  }

  private static Finding jail() {
    String remedy = "functions need Linux with namespaces and util-linux (unshare) permitted";
    try {
      Process probe =
          new ProcessBuilder("unshare", "-Umnpiu", "--map-root-user", "--fork", "true")
              .redirectErrorStream(true)
              .start();
      boolean ended = probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
      return ended && probe.exitValue() == 0
          ? Finding.good("functions jail", "namespaces are permitted")
          : Finding.lacking("functions jail", "namespaces are not permitted", remedy);
    } catch (IOException failure) {
      return Finding.lacking("functions jail", "unshare is missing", remedy);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Finding.lacking("functions jail", "not examined", remedy);
    }
  }

  private static Path dist() {
    return Path.of(System.getProperty("bevy.dist", "dist"));
  }
}
