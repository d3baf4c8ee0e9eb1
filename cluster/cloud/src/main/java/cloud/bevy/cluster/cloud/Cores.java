package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bees, drives and logs of an open cloud by name. Handles are kept while the cloud is open,
/// because a bee has one writer, which must be the same for all who write.
final class Cores {
  private final World world;
  private final Corestore ofBees;
  private final Corestore ofDrives;
  private final Corestore ofLogs;
  private final NodeCache cache;
  private final Sealer sealer;
  private final Map<String, Bee> bees = new ConcurrentHashMap<>();
  private final Map<String, Drive> drives = new ConcurrentHashMap<>();

  Cores(World world, Corestore store, NodeCache cache, Sealer sealer) {
    this.world = world;
    this.ofBees = store.namespace("bee");
    this.ofDrives = store.namespace("drive");
    this.ofLogs = store.namespace("log");
    this.cache = cache;
    this.sealer = sealer;
  }

  Sealer sealer() {
    return sealer;
  }

  Bee bee(String name) {
    return bees.computeIfAbsent(name, any -> Bee.on(world, ofBees.core(name), cache));
  }

  Drive drive(String name) {
    return drives.computeIfAbsent(name, any -> Drive.open(world, ofDrives.namespace(name), cache));
  }

  Core log(String name) {
    return ofLogs.core(name);
  }

  /// The core of a bee.
  List<Core> ofBee(String name) {
    return List.of(bee(name).core());
  }

  /// The cores of a drive.
  List<Core> ofDrive(String name) {
    return List.of(drive(name).database(), drive(name).content());
  }

  Ticket dropBee(String name) {
    Ticket dropped = bee(name).core().drop();
    bees.remove(name);
    return dropped;
  }

  List<Ticket> dropDrive(String name) {
    Drive drive = drive(name);
    List<Ticket> dropped = List.of(drive.database().drop(), drive.content().drop());
    drives.remove(name);
    return dropped;
  }
}
