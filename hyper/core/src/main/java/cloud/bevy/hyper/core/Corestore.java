package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.Blake2b;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// The cores whose keys derive from one primary key, by name: npm's `corestore`. Costs a few bytes;
/// cores are opened as they are asked for, and forgotten when nobody holds them.
///
/// All corestores on one [Store] must come from one [#open] by way of [#owner] and [#namespace], so
/// that a core that is asked for twice is the same object.
public final class Corestore {
  /// The size of a primary key, in bytes.
  public static final int PRIMARY_KEY = 32;

  private static final int NAMESPACE = 32;
  private static final int KEY = 32;

  private final OpenCores cores;
  private final byte[] primaryKey;
  private final byte[] namespace;

  private Corestore(OpenCores cores, byte[] primaryKey, byte[] namespace) {
    if (primaryKey.length != PRIMARY_KEY) {
      throw new IllegalArgumentException("a primary key has 32 bytes, not " + primaryKey.length);
    }
    this.cores = cores;
    this.primaryKey = primaryKey.clone();
    this.namespace = namespace.clone();
  }

  /// The first corestore on a store.
  ///
  /// @param primaryKey 32 secret bytes, from which all key pairs derive
  public static Corestore open(World world, Store store, byte[] primaryKey) {
    return new Corestore(new OpenCores(world, store), primaryKey, new byte[NAMESPACE]);
  }

  /// The corestore of another owner, with a primary key of its own, on the same store.
  public Corestore owner(byte[] otherPrimaryKey) {
    return new Corestore(cores, otherPrimaryKey, new byte[NAMESPACE]);
  }

  /// The same corestore with other names: no name here means what it means there.
  public Corestore namespace(String name) {
    return new Corestore(cores, primaryKey, Blake2b.hash256(namespace, utf8(name)));
  }

  /// The key pair of that name.
  public KeyPair keyPair(String name) {
    return KeyPair.fromSeed(
        Blake2b.keyed256(primaryKey, Namespaces.corestore(), namespace, utf8(name)));
  }

  /// The core of that name, which can be written here. Nothing is on the disk before the first
  /// append.
  public Core core(String name) {
    KeyPair pair = keyPair(name);
    return core(pair, Manifest.single(pair));
  }

  /// The core of that manifest, which can be written here if `signer` may sign alone.
  public Core core(KeyPair signer, Manifest manifest) {
    return core(manifest).signedBy(signer);
  }

  /// The core of that manifest, for reading, and for appending the manifest's prologue.
  public Core core(Manifest manifest) {
    return cores.core(new CoreHeader(manifest.key(), manifest));
  }

  /// The core of that key, whose signer is elsewhere, in the store or not. Where its manifest is
  /// not known, it is learned from the first proof of an upgrade that is accepted
  /// ([Replica#accept]). Nothing is on the disk before that.
  public Core remote(byte[] key) {
    if (key.length != KEY) {
      throw new IllegalArgumentException("a core's key has 32 bytes, not " + key.length);
    }
    return cores.remote(key);
  }

  /// The core of that key, if this store has it; for reading, unless it has been opened for writing
  /// as well.
  public Optional<Core> find(byte[] key) {
    return cores.find(Identity.idOf(key));
  }

  /// The core of that discovery key, if this store has it.
  public Optional<Core> discover(byte[] discoveryKey) {
    return cores.find(CoreId.of(discoveryKey));
  }

  /// Has the readers of all cores on the store served from elsewhere, until what is returned is
  /// closed: of the cores that are open, and of those that are opened later.
  ///
  /// @param sources makes the source of a core; called once a core, must be short and must not
  ///   block
  public Registration attach(Function<Core, Source> sources) {
    return cores.attach(sources);
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
