package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudsTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});

  @TempDir private Path folder;

  @Test
  void aNewCloudIsFoundByItsNameAndByItsKey() {
    try (Clouds clouds = open()) {
      CloudSummary made = make(clouds, "home");
      try (Lease byName = clouds.open("home").orElseThrow();
          Lease byKey = clouds.open(made.key()).orElseThrow()) {
        assertThat(byName.cloud()).isSameAs(byKey.cloud());
        assertThat(byName.cloud().key()).isEqualTo(made.key());
      }
    }
  }

  @Test
  void aCloudAndItsAccessKeysAreThereAfterARestart() {
    CloudKey key;
    AccessKey access;
    try (Clouds clouds = open()) {
      key = make(clouds, "home").key();
      try (Lease lease = clouds.open("home").orElseThrow()) {
        access = lease.cloud().createAccessKey("laptop");
      }
    }
    try (Clouds clouds = open();
        Lease lease = clouds.openFor(access.id()).orElseThrow()) {
      assertThat(lease.cloud().key()).isEqualTo(key);
      AccessKey found = lease.cloud().accessKey(access.id()).orElseThrow();
      assertThat(found.secret()).isEqualTo(access.secret());
      assertThat(found.label()).isEqualTo("laptop");
    }
  }

  @Test
  void aBeeIsThereAfterARestart() {
    try (Clouds clouds = open()) {
      make(clouds, "home");
      try (Lease lease = clouds.open("home").orElseThrow()) {
        lease.cloud().durable(lease.cloud().bee("things").put(bytes("a"), bytes("1")));
      }
    }
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      assertThat(lease.cloud().bee("things").now().get(bytes("a")).orElseThrow().value())
          .isEqualTo(bytes("1"));
    }
  }

  @Test
  void cloudsDoNotSeeEachOthersBees() {
    try (Clouds clouds = open()) {
      make(clouds, "mine");
      make(clouds, "yours");
      try (Lease mine = clouds.open("mine").orElseThrow();
          Lease yours = clouds.open("yours").orElseThrow()) {
        mine.cloud().durable(mine.cloud().bee("things").put(bytes("a"), bytes("1")));
        assertThat(yours.cloud().bee("things").now().get(bytes("a"))).isEmpty();
      }
    }
  }

  @Test
  void aDroppedBeeIsEmpty() {
    try (Clouds clouds = open()) {
      make(clouds, "home");
      try (Lease lease = clouds.open("home").orElseThrow()) {
        Cloud cloud = lease.cloud();
        cloud.durable(cloud.bee("things").put(bytes("a"), bytes("1")));
        cloud.dropBee("things");
        assertThat(cloud.bee("things").now().get(bytes("a"))).isEmpty();
      }
    }
  }

  @Test
  void aNameIsGivenOnlyOnce() {
    try (Clouds clouds = open()) {
      CloudSummary first = make(clouds, "home");
      assertThat(clouds.create("home"))
          .isInstanceOfSatisfying(
              Creation.NameTaken.class,
              taken -> assertThat(taken.summary().key()).isEqualTo(first.key()));
    }
  }

  @Test
  void aNameHasOnlyLettersDigitsAndHyphens() {
    try (Clouds clouds = open()) {
      for (String name : List.of("", "A", "a b", "-a", "a-", "a/b", "ä", "a".repeat(64))) {
        assertThat(clouds.create(name)).as(name).isInstanceOf(Creation.InvalidName.class);
      }
      assertThat(clouds.create("a".repeat(63))).isInstanceOf(Creation.Created.class);
    }
  }

  @Test
  void cloudsAreListedInPages() {
    try (Clouds clouds = open()) {
      List.of("c", "a", "b").forEach(name -> make(clouds, name));
      assertThat(clouds.list("", 2)).extracting(CloudSummary::name).containsExactly("a", "b");
      assertThat(clouds.list("b", 2)).extracting(CloudSummary::name).containsExactly("c");
    }
  }

  @Test
  void anAccessKeyThatWasTakenAwayOpensNothing() {
    try (Clouds clouds = open()) {
      make(clouds, "home");
      try (Lease lease = clouds.open("home").orElseThrow()) {
        AccessKey key = lease.cloud().createAccessKey("phone");
        assertThat(lease.cloud().removeAccessKey(key.id())).isTrue();
        assertThat(lease.cloud().removeAccessKey(key.id())).isFalse();
        assertThat(clouds.openFor(key.id())).isEmpty();
      }
    }
  }

  @Test
  void anAccessKeyIdThatIsNotOursOpensNothing() {
    try (Clouds clouds = open()) {
      make(clouds, "home");
      for (String id : List.of("", "test", "AKIAIOSFODNN7EXAMPLE", "BEVY1111111111111111")) {
        assertThat(clouds.openFor(id)).as(id).isEmpty();
      }
    }
  }

  @Test
  void aSecondOwnerIsRefused() {
    try (Clouds clouds = open()) {
      assertThat(clouds.openCount()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              CloudFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(CloudFault.Kind.IN_USE));
    }
  }

  @Test
  void aFolderWithSomebodyElsesFilesIsRefused() throws IOException {
    write(folder.resolve("thesis.txt"), "do not touch");
    assertThatThrownBy(this::open)
        .isInstanceOf(CloudFault.class)
        .hasMessageContaining("thesis.txt");
    assertThat(WORLD.disk().list(folder)).containsExactly(Path.of("thesis.txt"));
  }

  @Test
  void aStoreWithoutItsMachineKeyIsRefused() throws IOException {
    open().close();
    WORLD.disk().delete(folder.resolve("machine.key"));
    assertThatThrownBy(this::open)
        .isInstanceOf(CloudFault.class)
        .hasMessageContaining("machine.key");
  }

  @Test
  void aDamagedMachineKeyIsRefused() throws IOException {
    open().close();
    write(folder.resolve("machine.key"), "bevy machine key 1\nnot hex\n");
    assertThatThrownBy(this::open).isInstanceOf(CloudFault.class).hasMessageContaining("damaged");
  }

  @Test
  void anotherMachinesKeyDoesNotOpenTheRegistry() throws IOException {
    try (Clouds clouds = open()) {
      make(clouds, "home");
    }
    write(folder.resolve("machine.key"), "bevy machine key 1\n" + "00".repeat(32) + "\n");
    try (Clouds clouds = open()) {
      assertThat(clouds.open("home")).isEmpty();
    }
  }

  @Test
  void anAttachmentLivesAsLongAsItsCloudIsOpen() {
    Closeable attachment = new Closeable();
    try (Clouds clouds = open()) {
      make(clouds, "home");
      try (Lease lease = clouds.open("home").orElseThrow()) {
        assertThat(lease.cloud().attachment(Closeable.class, cloud -> attachment))
            .isSameAs(lease.cloud().attachment(Closeable.class, cloud -> new Closeable()));
        assertThat(attachment.closed).isFalse();
      }
    }
    assertThat(attachment.closed).isTrue();
  }

  private static final class Closeable implements AutoCloseable {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  private Clouds open() {
    return Clouds.open(WORLD, folder, CloudLimits.defaults());
  }

  private static CloudSummary make(Clouds clouds, String name) {
    return Optional.of(clouds.create(name))
        .map(Creation.Created.class::cast)
        .orElseThrow()
        .summary();
  }

  private static void write(Path file, String text) throws IOException {
    WORLD.disk().delete(file);
    try (DiskFile open = WORLD.disk().open(file, Disk.Mode.CREATE)) {
      open.write(ByteBuffer.wrap(bytes(text)), 0);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
