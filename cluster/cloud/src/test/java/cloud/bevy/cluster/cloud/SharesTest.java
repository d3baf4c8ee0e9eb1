package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.drive.Drive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharesTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final byte[] KEY = "a".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void whatIsNotSharedIsNotFoundWhateverItIs() {
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      var _ = cloud.createAccessKey("laptop");
      cloud.durable(cloud.bee("things").put(KEY, KEY));
      for (String name : new String[] {"things", "access-keys", "buckets", "tables"}) {
        assertThat(clouds.shared(cloud.bee(name).core().discoveryKey())).as(name).isEmpty();
      }
    }
  }

  @Test
  void aSharedBeeIsFoundAndNoOtherIs() {
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      cloud.durable(cloud.bee("things").put(KEY, KEY));
      cloud.durable(cloud.bee("secrets").put(KEY, KEY));
      byte[] key = cloud.shareBee("things");
      Core core = cloud.bee("things").core();
      assertThat(key).isEqualTo(core.key());
      assertThat(clouds.shared(core.discoveryKey())).containsSame(core);
      assertThat(clouds.shared(cloud.bee("secrets").core().discoveryKey())).isEmpty();
    }
  }

  @Test
  void bothCoresOfASharedDriveAreFoundBeforeAnythingIsWritten() {
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      Drive drive = lease.cloud().drive("photos");
      assertThat(lease.cloud().shareDrive("photos")).isEqualTo(drive.key());
      assertThat(clouds.shared(drive.database().discoveryKey())).containsSame(drive.database());
      assertThat(clouds.shared(drive.content().discoveryKey())).containsSame(drive.content());
    }
  }

  @Test
  void aShareIsThereAfterARestartAndItsCloudSleepsOn() {
    byte[] discoveryKey;
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      cloud.durable(cloud.bee("things").put(KEY, KEY));
      var _ = cloud.shareBee("things");
      discoveryKey = cloud.bee("things").core().discoveryKey();
    }
    try (Clouds clouds = open()) {
      assertThat(clouds.shared(discoveryKey)).isPresent();
      assertThat(clouds.openCount()).isZero();
    }
  }

  @Test
  void sharingTwiceWritesOnce() {
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      byte[] key = lease.cloud().shareBee("things");
      long batches = clouds.statistics().batches();
      assertThat(lease.cloud().shareBee("things")).isEqualTo(key);
      assertThat(clouds.statistics().batches()).isEqualTo(batches);
    }
  }

  @Test
  void whatWasDroppedIsSharedNoMore() {
    try (Clouds clouds = open();
        Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      var _ = cloud.shareDrive("photos");
      var _ = cloud.shareBee("things");
      byte[] bee = cloud.bee("things").core().discoveryKey();
      byte[] drive = cloud.drive("photos").content().discoveryKey();
      cloud.dropBee("things");
      cloud.dropDrive("photos");
      assertThat(clouds.shared(bee)).isEmpty();
      assertThat(clouds.shared(drive)).isEmpty();
    }
  }

  private Clouds open() {
    Clouds clouds = Clouds.open(WORLD, folder, CloudLimits.defaults());
    var _ = clouds.create("home");
    return clouds;
  }
}
