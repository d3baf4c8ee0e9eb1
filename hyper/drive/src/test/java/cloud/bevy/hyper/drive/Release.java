package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A store with all that this module and those below it keep: what a release writes, and every
/// later one must read. The folders among the resources are never changed; a release whose format
/// differs adds one, with `Release FOLDER`.
final class Release {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final byte[] PRIMARY_KEY = new byte[32];
  private static final byte[] ELSEWHERE = bytes("the primary key of another place");
  private static final byte[] SECRET = bytes("a secret of thirty-two bytes ...");
  private static final int LARGE = BlobWriter.BLOCK_BYTES + 500;

  private final World world;
  private final Corestore cores;

  private Release(World world, Store store) {
    this.world = world;
    this.cores = Corestore.open(world, store, PRIMARY_KEY);
  }

  /// Writes a folder for the resources.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path other = Files.createTempDirectory("elsewhere");
    write(RealWorld.create(System.err), folder, other);
  }

  static void write(World world, Path folder, Path elsewhere) throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults());
        Store other = Store.open(world, elsewhere, StoreLimits.defaults())) {
      Release release = new Release(world, store);
      release.writeCore();
      release.writeBee();
      release.writeDrive(release.drive());
      release.writeDrive(release.encrypted());
      release.copyDrive(Corestore.open(world, other, ELSEWHERE));
    }
  }

  static void check(World world, Path folder) throws Exception {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      Release release = new Release(world, store);
      release.checkCore();
      release.checkBee();
      release.checkDrive(release.drive());
      release.checkDrive(release.encrypted());
      release.checkCopy();
      assertThat(store.statistics().damage()).isZero();
    }
  }

  private void writeCore() throws Exception {
    Core core = cores.core("core");
    await(core.append(List.of(bytes("zero"), bytes("one"), bytes("two"), bytes("cut"))).ticket());
    await(core.truncate(3));
    await(core.append(bytes("three")).ticket());
    await(core.clear(1, 2));
  }

  private void checkCore() throws Exception {
    Core core = cores.core("core");
    assertThat(core.length()).isEqualTo(4);
    assertThat(core.fork()).isEqualTo(1);
    assertThat(core.get(1)).isInstanceOf(BlockLookup.Missing.class);
    assertThat(((BlockLookup.Found) core.get(3)).toArray()).isEqualTo(bytes("three"));
    assertThat(core.verify().sound()).isTrue();
    await(core.append(bytes("four")).ticket());
    assertThat(core.verify().sound()).isTrue();
  }

  private Bee bee() {
    return Bee.on(world, cores.core("bee"), new NodeCache(1 << 20));
  }

  private void writeBee() throws Exception {
    try (BeeBatch batch = bee().batch()) {
      for (int i = 0; i < 100; i++) {
        batch.put(bytes("key" + i), bytes("value" + i));
      }
      await(batch.commit());
    }
    await(bee().delete(bytes("key50")));
  }

  private void checkBee() throws Exception {
    Bee bee = bee();
    assertThat(bee.verify().sound()).isTrue();
    assertThat(bee.verify().entries()).isEqualTo(99);
    assertThat(bee.now().get(bytes("key7")).orElseThrow().value()).isEqualTo(bytes("value7"));
    assertThat(bee.now().get(bytes("key50"))).isEmpty();
    assertThat(bee.at(101).get(bytes("key50"))).isPresent();
    await(bee.put(bytes("new"), bytes("value")));
    assertThat(bee.verify().sound()).isTrue();
  }

  private Drive drive() {
    return Drive.open(world, cores.namespace("drive"), new NodeCache(1 << 20));
  }

  private Drive encrypted() {
    return Drive.open(world, cores.namespace("encrypted"), new NodeCache(1 << 20), SECRET);
  }

  private void writeDrive(Drive drive) throws Exception {
    drive.put("/folder/large", large());
    drive.put("/program", bytes("#!"), FileOptions.EXECUTABLE.withMetadata("{\"a\":1}"));
    drive.put("/empty", new byte[0]);
    drive.link("/link", "folder/large");
    drive.put("/gone", bytes("gone"));
    drive.delete("/gone");
    drive.put("/cleared", bytes("cleared"));
    drive.clear("/cleared");
    BlobId one = drive.entry("/program").orElseThrow().entry().blob().orElseThrow();
    BlobId two = drive.entry("/folder/large").orElseThrow().entry().blob().orElseThrow();
    BlobId both = drive.join(List.of(one, two));
    try (DriveBatch batch = drive.batch()) {
      batch.put("/joined", DriveEntry.file(both));
      await(batch.commit());
    }
  }

  private void checkDrive(Drive drive) throws Exception {
    assertThat(drive.names("/"))
        .toIterable()
        .containsExactly("cleared", "empty", "folder", "joined", "link", "program");
    assertThat(drive.get("/folder/large")).contains(large());
    assertThat(drive.get("/empty")).contains(new byte[0]);
    assertThat(drive.follow("/link").orElseThrow().path()).isEqualTo("/folder/large");
    assertThat(drive.get("/joined").orElseThrow()).startsWith(bytes("#!")).endsWith(large());
    DriveEntry program = drive.entry("/program").orElseThrow().entry();
    assertThat(program.executable()).isTrue();
    assertThat(program.metadata()).contains("{\"a\":1}");
    assertThat(drive.at(6).exists("/gone")).isTrue();
    assertThat(drive.has("/cleared")).isFalse();
    assertThat(drive.database().verify().sound()).isTrue();
    assertThat(drive.content().verify().sound()).isTrue();
    drive.put("/new", bytes("new"));
    assertThat(drive.get("/new")).contains(bytes("new"));
  }

  /// Parts of a drive that is written elsewhere.
  private void copyDrive(Corestore other) throws Exception {
    Drive origin = Drive.open(world, other, new NodeCache(1 << 20));
    origin.put("/here", bytes("here"));
    origin.put("/there", bytes("there"));
    Drive copy = Drive.remote(world, cores, origin.key(), new NodeCache(1 << 20));
    try (Registration _ = copy.follow(new Copying(world, other)::follow)) {
      copy.update(DEADLINE);
      assertThat(copy.get("/here")).contains(bytes("here"));
      assertThat(copy.entry("/there")).isPresent();
      copy.update(DEADLINE); // what was accepted is durable
    }
  }

  private void checkCopy() {
    byte[] key = Drive.open(world, cores.owner(ELSEWHERE), new NodeCache(0)).key();
    Drive copy = Drive.remote(world, cores, key, new NodeCache(1 << 20)).patience(Duration.ZERO);
    assertThat(copy.version()).isEqualTo(3);
    assertThat(copy.get("/here")).contains(bytes("here"));
    assertThat(copy.has("/here")).isTrue();
    assertThat(copy.has("/there")).isFalse();
    assertThatThrownBy(() -> copy.get("/there"))
        .isInstanceOfSatisfying(
            DriveFault.class, fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.MISSING));
  }

  private static byte[] large() {
    byte[] large = new byte[LARGE];
    for (int i = 0; i < LARGE; i++) {
      large[i] = (byte) (i >>> 8);
    }
    return large;
  }

  private static void await(Ticket ticket) throws Exception {
    ticket.await(DEADLINE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
