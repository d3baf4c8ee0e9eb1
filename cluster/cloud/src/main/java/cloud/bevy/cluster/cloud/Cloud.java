package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An open cloud: one person's or team's bees and drives, all derived from its master key, and its
/// access keys. Nothing is on disk for a bee or drive until it is first written to.
///
/// A service keeps what it needs in memory for this cloud as an [#attachment], which lives as long
/// as the cloud is open.
public final class Cloud {
  /// The name of the key pair whose public key is the cloud's key.
  static final String KEY_NAME = "cloud";

  private final World world;
  private final Registration registration;
  private final Cores cores;
  private final Durability durability;
  private final AccessKeys accessKeys;
  private final Map<Class<?>, Attachment> attachments = new ConcurrentHashMap<>();

  Cloud(World world, Registration registration, Cores cores, Durability durability) {
    this.world = world;
    this.registration = registration;
    this.cores = cores;
    this.durability = durability;
    this.accessKeys = new AccessKeys(this, cores.sealer());
  }

  /// The cloud's public key.
  public CloudKey key() {
    return registration.key();
  }

  /// What people call it, unique on this machine.
  public String name() {
    return registration.name();
  }

  /// The world this cloud lives in.
  public World world() {
    return world;
  }

  /// The bee of that name. Always the same object while the cloud is open.
  public Bee bee(String name) {
    return cores.bee(name);
  }

  /// The drive of that name. Always the same object while the cloud is open.
  public Drive drive(String name) {
    return cores.drive(name);
  }

  /// Throws a bee away for ever; its space comes back. The name can be used again only by a cloud
  /// that does not care which of the two logs a reader has seen: take a new name instead.
  public void dropBee(String name) {
    durable(cores.dropBee(name));
  }

  /// Throws a drive away for ever; see [#dropBee].
  public void dropDrive(String name) {
    cores.dropDrive(name).forEach(this::durable);
  }

  /// Blocks until a write is durable: on this machine's disk for a cloud with one replica. A caller
  /// may be told of a write once this has returned, and not before.
  ///
  /// @throws CloudFault if the write is not durable, or not known to be
  public void durable(Ticket ticket) {
    durability.await(ticket);
  }

  /// The access key of that id, if this cloud holds it.
  public Optional<AccessKey> accessKey(String id) {
    return accessKeys.find(id);
  }

  /// The access keys in the order of their ids.
  public List<AccessKey> accessKeys() {
    return accessKeys.list();
  }

  /// Makes an access key; it is durable when this returns.
  ///
  /// @param label what a person calls it
  public AccessKey createAccessKey(String label) {
    return accessKeys.create(label);
  }

  /// Takes an access key away; requests signed with it are refused from now on.
  ///
  /// @return whether there was one of that id
  public boolean removeAccessKey(String id) {
    return accessKeys.remove(id);
  }

  /// What a service holds in memory for this cloud while it is open, made on first use. If it is
  /// `AutoCloseable` it is closed with the cloud.
  public <T> T attachment(Class<T> type, Function<Cloud, T> make) {
    Attachment attachment = attachments.computeIfAbsent(type, any -> new Attachment());
    return type.cast(attachment.get(() -> make.apply(this)));
  }

  void close() {
    for (Attachment attachment : attachments.values()) {
      attachment.close().ifPresent(this::warn);
    }
    attachments.clear();
  }

  private void warn(Exception failure) {
    world.log().warning("a part of cloud " + name() + " did not close: " + failure);
  }
}
