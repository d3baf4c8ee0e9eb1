package cloud.bevy.cluster.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Who is woken when, in simulated time.
class AlarmsTest {
  private static final Duration WEEK = Duration.ofDays(7);

  /// What a handler was told, and when.
  private final List<Rung> rung = new ArrayList<>();

  private record Rung(String cloud, String name, Instant moment) {}

  @Test
  void theBytesAreThoseOfTheFormat() {
    CloudKey cloud = new CloudKey(new byte[CloudKey.LENGTH]);
    byte[] key = Alarm.key(cloud, "a");
    byte[] value = Alarm.value(Instant.ofEpochMilli(7));
    assertThat(HexFormat.of().formatHex(key)).isEqualTo("00".repeat(32) + "0161");
    assertThat(HexFormat.of().formatHex(value)).isEqualTo("0107");
    assertThat(Alarm.decode(key, value)).contains(new Alarm(cloud, "a", Instant.ofEpochMilli(7)));
    assertThat(Alarm.decode(key, new byte[] {2, 7})).isEmpty();
  }

  @Test
  void aCloudThatSleepsIsWokenWhenItAskedToBeAndSleepsAgain() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Clouds clouds = open(world, never())) {
                    Instant moment = world.time().now().plus(WEEK);
                    ask(clouds, "later", moment);
                    world.tasks().sleep(WEEK.minusMinutes(1));
                    assertThat(clouds.openCount()).isZero();
                    assertThat(rung).isEmpty();
                    world.tasks().sleep(Duration.ofMinutes(2));
                    assertThat(rung).extracting(Rung::name).containsExactly("later");
                    assertThat(rung.getFirst().cloud()).isEqualTo("home");
                    assertThat(rung.getFirst().moment()).isBetween(moment, moment.plusSeconds(1));
                    assertThat(clouds.openCount()).isZero();
                    world.tasks().sleep(WEEK);
                    assertThat(rung).hasSize(1);
                  }
                }));
  }

  @Test
  void whereNoCloudHasAskedNothingIsOnDiskAndNothingRuns() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Clouds clouds = open(world, never())) {
                    long cores = clouds.statistics().cores();
                    long steps = simulation.steps();
                    world.tasks().sleep(WEEK);
                    assertThat(simulation.steps() - steps).isLessThan(5);
                    assertThat(clouds.statistics().cores()).isEqualTo(cores);
                    ask(clouds, "once", world.time().now().plusSeconds(60));
                    world.tasks().sleep(WEEK);
                    long after = simulation.steps();
                    world.tasks().sleep(WEEK);
                    assertThat(rung).hasSize(1);
                    assertThat(simulation.steps() - after).isLessThan(5);
                  }
                }));
  }

  @Test
  void anAlarmRingsAfterACrashAndARestart() {
    Simulation.run(
        1,
        simulation -> {
          simulation
              .machine("a")
              .run(world -> {
                Clouds clouds = open(world, never());
                ask(clouds, "later", world.time().now().plus(WEEK));
              });
          simulation.machine("a").crash();
          simulation.tasks().sleep(WEEK.multipliedBy(2));
          simulation
              .machine("a")
              .run(world -> {
                try (Clouds clouds = open(world, never())) {
                  world.tasks().sleep(Duration.ofSeconds(1));
                  assertThat(rung).extracting(Rung::name).containsExactly("later");
                  assertThat(clouds.openCount()).isEqualTo(1);
                }
              });
        });
  }

  @Test
  void theEarliestOfSeveralMomentsCountsAndTheOthersWriteNothing() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Clouds clouds = open(world, never())) {
                    Instant now = world.time().now();
                    ask(clouds, "x", now.plusSeconds(7200));
                    ask(clouds, "x", now.plusSeconds(3600));
                    long batches = clouds.statistics().batches();
                    ask(clouds, "x", now.plusSeconds(3600));
                    ask(clouds, "x", now.plus(WEEK));
                    assertThat(clouds.statistics().batches()).isEqualTo(batches);
                    world.tasks().sleep(WEEK.multipliedBy(2));
                    assertThat(rung).hasSize(1);
                    assertThat(rung.getFirst().moment()).isBefore(now.plusSeconds(3602));
                  }
                }));
  }

  @Test
  void whoIsToBeWokenAnywayIsNotHurriedAndWhoIsNotIsWokenNow() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Instant later = world.time().now().plus(WEEK);
                  AlarmHandler handler =
                      (cloud, name, stopping) -> {
                        // Asked for while it rings: that counts only where nothing else is said.
                        cloud.wakeUnlessAsked(name);
                        return switch (rung.size()) {
                          case 1 -> Optional.of(later);
                          case 2 -> Optional.empty();
                          default -> Optional.of(later.plus(WEEK));
                        };
                      };
                  try (Clouds clouds = open(world, handler)) {
                    unlessAsked(clouds, "x");
                    world.tasks().sleep(Duration.ofSeconds(1));
                    assertThat(rung).hasSize(1);
                    long batches = clouds.statistics().batches();
                    unlessAsked(clouds, "x");
                    world.tasks().sleep(Duration.ofDays(6));
                    assertThat(rung).hasSize(1);
                    assertThat(clouds.statistics().batches()).isEqualTo(batches);
                    world.tasks().sleep(Duration.ofDays(2));
                    assertThat(rung).hasSize(3);
                    assertThat(rung.get(2).moment()).isBefore(later.plusSeconds(1));
                  }
                }));
  }

  @Test
  void oneCloudThatWaitsForOthersLeavesRoomForTheOtherClouds() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  AlarmHandler slow =
                      (cloud, name, stopping) -> {
                        try {
                          cloud.world().tasks().sleep(Duration.ofMinutes(1));
                        } catch (InterruptedException stopped) {
                          Thread.currentThread().interrupt();
                        }
                        return Optional.empty();
                      };
                  try (Clouds clouds = open(world, slow)) {
                    clouds.create("other");
                    for (int i = 0; i < 40; i++) {
                      unlessAsked(clouds, "wait" + i);
                    }
                    try (Lease lease = clouds.open("other").orElseThrow()) {
                      lease.cloud().wakeUnlessAsked("wait");
                    }
                    world.tasks().sleep(Duration.ofSeconds(1));
                    assertThat(rung).extracting(Rung::cloud).contains("other");
                    assertThat(rung).hasSize(5);
                    world.tasks().sleep(Duration.ofMinutes(11));
                    assertThat(rung).hasSize(41);
                  }
                }));
  }

  private static void unlessAsked(Clouds clouds, String name) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      lease.cloud().wakeUnlessAsked(name);
    }
  }

  @Test
  void whatIsAskedForWhileAnAlarmRingsIsNotForgotten() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Instant again = world.time().now().plus(WEEK);
                  AlarmHandler handler =
                      (cloud, name, stopping) -> {
                        if (rung.size() == 1) {
                          cloud.wakeBy(name, again);
                        }
                        return rung.size() == 1 ? Optional.of(again.plus(WEEK)) : Optional.empty();
                      };
                  try (Clouds clouds = open(world, handler)) {
                    ask(clouds, "x", world.time().now().plusSeconds(60));
                    world.tasks().sleep(WEEK.multipliedBy(3));
                    assertThat(rung).hasSize(2);
                    assertThat(rung.getLast().moment()).isBetween(again, again.plusSeconds(1));
                  }
                }));
  }

  @Test
  void whatDidNotWorkIsTriedAgainAndDoesNotKeepOthersFromIt() {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  AlarmHandler handler =
                      (cloud, name, stopping) -> {
                        if (name.equals("awful") && rung.size() < 3) {
                          throw new CloudFault(CloudFault.Kind.BUSY, "no", "wait");
                        }
                        return Optional.empty();
                      };
                  try (Clouds clouds = open(world, handler)) {
                    ask(clouds, "awful", world.time().now().plusSeconds(60));
                    ask(clouds, "whole", world.time().now().plusSeconds(60));
                    world.tasks().sleep(WEEK);
                    assertThat(rung)
                        .extracting(Rung::name)
                        .containsExactly("awful", "whole", "awful");
                    assertThat(Duration.between(rung.getFirst().moment(), rung.getLast().moment()))
                        .isGreaterThanOrEqualTo(Duration.ofMinutes(59));
                  }
                }));
  }

  @Test
  void whoeverWaitsForOthersKeepsNobodyFromWorkAndSomeWaitAtATime() {
    int most = 16;
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger mostWaiting = new AtomicInteger();
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  AlarmHandler handler =
                      (cloud, name, stopping) -> {
                        if (name.startsWith("wait")) {
                          mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                          sleep(world, Duration.ofMinutes(10));
                          waiting.decrementAndGet();
                        } else {
                          assertThat(waiting.get()).isEqualTo(most);
                        }
                        return Optional.empty();
                      };
                  try (Clouds clouds = open(world, handler)) {
                    Instant soon = world.time().now().plusSeconds(60);
                    for (int i = 0; i < 2 * most; i++) {
                      String name = "cloud" + i % 4;
                      clouds.create(name);
                      try (Lease lease = clouds.open(name).orElseThrow()) {
                        lease.cloud().wakeBy("wait" + i, soon);
                      }
                    }
                    ask(clouds, "work", soon.plusSeconds(60));
                    world.tasks().sleep(Duration.ofMinutes(30));
                    assertThat(rung).hasSize(2 * most + 1);
                    assertThat(mostWaiting.get()).isEqualTo(most);
                    assertThat(rung.stream().filter(each -> each.name().equals("work")).findFirst())
                        .hasValueSatisfying(
                            work -> assertThat(work.moment()).isBefore(soon.plusSeconds(62)));
                  }
                }));
  }

  private static void sleep(World world, Duration duration) {
    try {
      world.tasks().sleep(duration);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static AlarmHandler never() {
    return (cloud, name, stopping) -> Optional.empty();
  }

  private Clouds open(World world, AlarmHandler handler) {
    Clouds clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
    clouds.create("home");
    clouds.wakeFor(
        new AlarmHandler() {
          @Override
          public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
            rung.add(new Rung(cloud.name(), name, world.time().now()));
            return handler.ring(cloud, name, stopping);
          }

          @Override
          public boolean waits(String name) {
            return name.startsWith("wait");
          }
        });
    return clouds;
  }

  private static void ask(Clouds clouds, String name, Instant moment) {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      lease.cloud().wakeBy(name, moment);
    }
  }
}
