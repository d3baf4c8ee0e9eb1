package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogsTest {
  private static final String TIMER = "access-logs";
  private static final String IDLE = "cloud-idle";

  @TempDir private Path folder;

  private final HeldTimersWorld world = new HeldTimersWorld();
  private Clouds clouds;
  private Lease lease;
  private Bucket source;

  @BeforeEach
  void open() {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
    source = bucket("source");
    letIn(bucket("target"));
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  @Test
  void whereNothingIsLoggedNoTimerRuns() {
    AccessLogs.in(lease.cloud()).deliver();
    assertThat(world.timers()).doesNotContain(TIMER);
    assertThat(delivered()).isEmpty();
  }

  @Test
  void aCloudStaysOpenUntilWhatWaitsIsDelivered() {
    add("one\n");
    add("two\n");
    assertThat(world.timers()).containsOnlyOnce(TIMER);
    assertThat(delivered()).isEmpty();
    lease.close();
    assertThat(world.timers()).doesNotContain(IDLE);
    world.ring(TIMER);
    assertThat(world.timers()).doesNotContain(TIMER).contains(IDLE);
    lease = clouds.open("home").orElseThrow();
    assertThat(delivered()).containsExactly("one\ntwo\n");
  }

  @Test
  void whatWaitsIsDeliveredWhenTheMachineStops() {
    add("last\n");
    close();
    open();
    assertThat(delivered()).containsExactly("last\n");
  }

  @Test
  void whatIsMuchIsDeliveredAtOnce() {
    String less = "x".repeat(AccessLogs.MOST - 1);
    add(less);
    assertThat(delivered()).isEmpty();
    add("y");
    assertThat(delivered()).containsExactly(less + "y");
    assertThat(world.timers()).doesNotContain(TIMER);
  }

  @Test
  void whatIsMoreThanCanBeHeldIsLostAndThePersonWhoRunsTheMachineIsTold() {
    add("x".repeat(2 * AccessLogs.MOST));
    assertThat(delivered()).hasSize(1);
    assertThat(world.sentences()).isEmpty();
    add("x".repeat(2 * AccessLogs.MOST + 1));
    AccessLogs.in(lease.cloud()).deliver();
    assertThat(delivered()).hasSize(1);
    assertThat(world.sentences()).hasSize(1);
    assertThat(world.sentences().getFirst()).contains("1 more came than could be held");
  }

  @Test
  void whereTheTargetIsGoneThePersonWhoRunsTheMachineIsTold() {
    add("lost\n");
    assertThat(Buckets.in(lease.cloud()).delete(new BucketName("target")))
        .isEqualTo(BucketDeletion.DELETED);
    AccessLogs.in(lease.cloud()).deliver();
    assertThat(world.sentences()).hasSize(1);
    assertThat(world.sentences().getFirst()).contains("\"target\" is not there");
  }

  @Test
  void objectsHaveTheRecordsOfOneDayWhereTheirKeysTellIt() {
    AccessLogging byDay =
        new AccessLogging(
            new BucketName("target"), "", Optional.of(AccessLogging.Keys.BY_EVENT), List.of());
    AccessLogs logs = AccessLogs.in(lease.cloud());
    logs.add(source, byDay, Instant.parse("2026-11-25T23:59:59.999Z"), bytes("before\n"));
    logs.add(source, byDay, Instant.parse("2026-11-26T00:00:00Z"), bytes("after\n"));
    logs.deliver();
    assertThat(delivered()).containsExactly("before\n", "after\n");
  }

  private void add(String line) {
    AccessLogging logging =
        new AccessLogging(new BucketName("target"), "log/", Optional.empty(), List.of());
    AccessLogs.in(lease.cloud()).add(source, logging, world.time().now(), bytes(line));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> delivered() {
    Bucket target = bucket("target");
    return List.copyOf(TestBucket.texts(target).values());
  }

  private Bucket bucket(String name) {
    Buckets buckets = Buckets.in(lease.cloud());
    var _ = buckets.create(new BucketName(name), "");
    return buckets.find(new BucketName(name)).orElseThrow();
  }

  private static void letIn(Bucket target) {
    Grantee group = Grantee.Group.LOG_DELIVERY;
    Acl acl =
        new Acl(List.of(new Grant(group, Permission.WRITE), new Grant(group, Permission.READ_ACP)));
    assertThat(target.settings().put(Setting.ACL, acl.write())).isTrue();
  }
}
