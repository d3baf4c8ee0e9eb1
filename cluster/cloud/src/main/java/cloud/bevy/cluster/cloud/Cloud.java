package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// An open cloud: one person's or team's bees and drives, all derived from its master key, and its
/// access keys. Nothing is on disk for a bee or drive until it is first written to.
///
/// A service keeps what it needs in memory for this cloud as an [#attachment], which lives as long
/// as the cloud is open.
public final class Cloud {
  /// The name of the key pair whose public key is the cloud's key.
  static final String KEY_NAME = "cloud";

  private final Machine machine;
  private final Registration registration;
  private final Cores cores;
  private final AccessKeys accessKeys;
  private final Map<Class<?>, Attachment> attachments = new ConcurrentHashMap<>();

  Cloud(Machine machine, Registration registration, Cores cores) {
    this.machine = machine;
    this.registration = registration;
    this.cores = cores;
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
    return machine.world();
  }

  /// A secret of 32 bytes that only this cloud has, the same at any time.
  ///
  /// @param purpose what it is for; each purpose has another
  public byte[] secret(String purpose) {
    byte[] about = ("secret " + purpose).getBytes(StandardCharsets.UTF_8);
    return Blake2b.keyed256(registration.master(), about);
  }

  /// The bee of that name. Always the same object while the cloud is open.
  public Bee bee(String name) {
    return cores.bee(name);
  }

  /// The drive of that name. Always the same object while the cloud is open.
  public Drive drive(String name) {
    return cores.drive(name);
  }

  /// The core of that name, for a service whose log is neither a bee nor a drive. Always the same
  /// object while somebody has it.
  public Core log(String name) {
    return cores.log(name);
  }

  /// Throws a bee away for ever; its space comes back. The name can be used again only by a cloud
  /// that does not care which of the two logs a reader has seen: take a new name instead.
  public void dropBee(String name) {
    unshareBee(name);
    durable(cores.dropBee(name));
  }

  /// Throws a drive away for ever; see [#dropBee].
  public void dropDrive(String name) {
    machine.shares().remove(cores.ofDrive(name)).ifPresent(this::durable);
    cores.dropDrive(name).forEach(this::durable);
  }

  /// Lets whoever knows a bee's key read it from outside, as long as it is there.
  ///
  /// @return the key, 32 bytes, once that is durable
  public byte[] shareBee(String name) {
    durable(machine.shares().add(cores.ofBee(name), new Share(key(), Share.Kind.BEE, name)));
    return bee(name).core().key();
  }

  /// Lets nobody read a bee from outside any more; durable when this returns.
  public void unshareBee(String name) {
    machine.shares().remove(cores.ofBee(name)).ifPresent(this::durable);
  }

  /// Lets whoever knows a drive's key read it from outside, as long as it is there.
  ///
  /// @return the key, 32 bytes, once that is durable
  public byte[] shareDrive(String name) {
    durable(machine.shares().add(cores.ofDrive(name), new Share(key(), Share.Kind.DRIVE, name)));
    return drive(name).key();
  }

  /// Blocks until a write is durable: on this machine's disk for a cloud with one replica. A caller
  /// may be told of a write once this has returned, and not before.
  ///
  /// @throws CloudFault if the write is not durable, or not known to be
  public void durable(Ticket ticket) {
    machine.durability().await(ticket);
  }

  /// Has a host name lead to this cloud ([Clouds#openForHost]), unless it leads to another one;
  /// durable when this returns.
  ///
  /// @param host in lower case
  /// @param holder what of this cloud has the name
  public void takeHost(String host, String holder) {
    machine.hosts().take(host, new HostRecord(key(), holder));
  }

  /// Has a host name lead nowhere, if it leads to this cloud for that; durable when this returns.
  public void leaveHost(String host, String holder) {
    machine.hosts().leave(host, new HostRecord(key(), holder));
  }

  /// The account of a user.
  ///
  /// @param user the user's name; empty for the cloud itself
  public Account account(String user) {
    return user.isEmpty() ? Account.owner(key(), name()) : Account.user(key(), user);
  }

  /// The cloud itself and the users it has access keys for.
  public List<Account> accounts() {
    Stream<String> users = accessKeys.list().stream().map(key -> key.limits().user());
    return Stream.concat(Stream.of(""), users).distinct().map(this::account).toList();
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
    return createAccessKey(label, AccessKeyLimits.NONE);
  }

  /// Makes an access key for a user, or for less than everything; it is durable when this returns.
  public AccessKey createAccessKey(String label, AccessKeyLimits limits) {
    return accessKeys.create(label, limits);
  }

  /// Takes an access key away; requests signed with it are refused from now on.
  ///
  /// @return whether there was one of that id
  public boolean removeAccessKey(String id) {
    return accessKeys.remove(id);
  }

  /// Has the machine wake this cloud at a moment, or earlier, and tell the [AlarmHandler] so;
  /// durable when this returns. Costs a look into memory where it would be woken by then anyway.
  ///
  /// @param name tells the handler what is to be done; there is one moment for each
  public void wakeBy(String name, Instant moment) {
    machine.alarms().wakeBy(key(), name, moment);
  }

  /// Has the machine wake this cloud now, as [#wakeBy] does, unless it is to be woken for that
  /// anyway, however late: who waits for a moment to try something again is not hurried by more of
  /// the same.
  ///
  /// To be asked in the turn of what the handler will look at, which has to take that turn once.
  public void wakeUnlessAsked(String name) {
    machine.alarms().wakeUnlessAsked(key(), name);
  }

  /// Has this cloud stay open until the lease ends, for a service that holds in memory what it has
  /// still to write. To be asked for while somebody has a lease anyway.
  ///
  /// @return nothing where the cloud is no longer there
  public Optional<Lease> stayOpen() {
    return machine.open().apply(key());
  }

  /// What a service holds in memory for this cloud while it is open, made on first use. If it is
  /// `AutoCloseable` it is closed with the cloud.
  public <T> T attachment(Class<T> type, Function<Cloud, T> make) {
    Attachment attachment = attachments.computeIfAbsent(type, any -> new Attachment());
    return type.cast(
        attachment.get(() -> {
          T made = make.apply(this);
          machine.companions().join(this, type, made);
          return made;
        }));
  }

  /// The cores of what is shared.
  List<Core> cores(Share share) {
    return switch (share.kind()) {
      case BEE -> cores.ofBee(share.name());
      case DRIVE -> cores.ofDrive(share.name());
    };
  }

  void close() {
    for (Attachment attachment : attachments.values()) {
      attachment.close().ifPresent(this::warn);
    }
    attachments.clear();
  }

  private void warn(Exception failure) {
    machine.world().log().warning("a part of cloud " + name() + " did not close: " + failure);
  }
}
