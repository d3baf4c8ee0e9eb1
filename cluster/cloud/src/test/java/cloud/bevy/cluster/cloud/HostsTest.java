package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final String HOST = "www.example.test";

  @TempDir private Path folder;

  @Test
  void aHostLeadsToTheCloudThatTookItFirst() {
    try (Clouds clouds = open();
        Lease home = clouds.open("home").orElseThrow();
        Lease team = clouds.open("team").orElseThrow()) {
      team.cloud().takeHost(HOST, "a");
      home.cloud().takeHost(HOST, "b");
      home.cloud().leaveHost(HOST, "b");
      try (Lease found = clouds.openForHost(HOST).orElseThrow()) {
        assertThat(found.cloud().name()).isEqualTo("team");
      }
      team.cloud().leaveHost(HOST, "a");
      assertThat(clouds.hasHost(HOST)).isFalse();
      assertThat(clouds.openForHost(HOST)).isEmpty();
    }
  }

  @Test
  void whatIsLeftIsWhatWasTakenAndNotWhatHasTakenItSince() {
    try (Clouds clouds = open();
        Lease home = clouds.open("home").orElseThrow()) {
      home.cloud().takeHost(HOST, "old");
      home.cloud().takeHost(HOST, "new");
      home.cloud().leaveHost(HOST, "old");
      assertThat(clouds.hasHost(HOST)).isTrue();
    }
  }

  @Test
  void whetherAHostLeadsAnywhereIsKnownAfterARestartWhileAllCloudsSleep() {
    try (Clouds clouds = open();
        Lease home = clouds.open("home").orElseThrow()) {
      home.cloud().takeHost(HOST, "a");
    }
    try (Clouds clouds = open()) {
      assertThat(clouds.hasHost(HOST)).isTrue();
      assertThat(clouds.hasHost("evil.example")).isFalse();
      assertThat(clouds.openCount()).isZero();
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() {
    HostRecord record = new HostRecord(new CloudKey(new byte[CloudKey.LENGTH]), "ab");
    byte[] bytes = record.encode();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("01" + "00".repeat(32) + "02" + "6162");
    assertThat(HostRecord.decode(bytes)).contains(record);
    bytes[0] = 2;
    assertThat(HostRecord.decode(bytes)).isEmpty();
    assertThat(HostRecord.decode(new byte[0])).isEmpty();
  }

  private Clouds open() {
    Clouds clouds = Clouds.open(WORLD, folder, CloudLimits.defaults());
    var _ = clouds.create("home");
    var _ = clouds.create("team");
    return clouds;
  }
}
