package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.FeedStanding.Status;
import cloud.bevy.services.functions.FeedTarget.Answer;
import cloud.bevy.services.functions.FeedTestRun.Outside;
import cloud.bevy.services.functions.FeedTestRun.Told;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a feed tells a function, when, and what becomes of what it does not take.
class FeedDeliveryTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Outside outside = new Outside();

  private interface Steps {
    void run(FeedTestRun run) throws Exception;
  }

  private void run(Steps steps) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (FeedTestRun run = new FeedTestRun(world, outside)) {
                    steps.run(run);
                  }
                }));
  }

  private static List<Integer> from(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }

  private static List<Integer> without(List<Integer> all, Integer... bad) {
    return all.stream().filter(n -> !List.of(bad).contains(n)).toList();
  }

  private void refusing(Integer... bad) {
    outside.function =
        (world, records) ->
            records.stream().anyMatch(List.of(bad)::contains)
                ? new Answer.Refused("cannot take that")
                : new Answer.Taken();
  }

  private static void await(FeedTestRun run, Duration time) throws InterruptedException {
    run.world.tasks().sleep(time);
  }

  @Test
  void recordsAreToldInTheirOrderAndInBatches() {
    run(run -> {
      run.write(3);
      run.deploy();
      run.write(27);
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).isEqualTo(from(0, 30));
      assertThat(outside.told).allMatch(told -> told.records().size() <= 10);
      assertThat(run.alarms.count().delivered()).isEqualTo(30);
      assertThat(run.standing().status()).isEqualTo(Status.CURRENT);
    });
  }

  @Test
  void aFeedWithoutRecordsWakesNobody() {
    run(run -> {
      run.deploy();
      run.write(1);
      await(run, Duration.ofMinutes(5));
      int woken = run.woken.size();
      await(run, DAY.multipliedBy(30));
      assertThat(run.woken).hasSize(woken);
      assertThat(run.clouds.openCount()).isZero();
      run.write(1);
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).isEqualTo(from(0, 2));
    });
  }

  @Test
  void whatIsNotTakenIsTriedAgainLaterAndLaterAndHoldsBackWhatComesBehind() {
    run(run -> {
      Instant begin = run.world.time().now();
      Instant well = begin.plusSeconds(20);
      outside.function =
          (world, records) ->
              world.time().now().isBefore(well)
                  ? new Answer.Refused("not yet")
                  : new Answer.Taken();
      run.deploy();
      run.write(1);
      for (int i = 0; i < 100; i++) {
        await(run, Duration.ofMillis(300));
        run.write(1);
      }
      assertThat(outside.told.stream().filter(told -> told.at().isBefore(well)))
          .extracting(told -> Duration.between(begin, told.at()).plusMillis(500).toSeconds())
          .containsExactly(0L, 1L, 3L, 7L, 15L);
      assertThat(run.woken.size()).as("writes hurry nobody").isLessThan(60);
      assertThat(run.standing().trouble().orElseThrow().tries()).isEqualTo(5);
      assertThat(run.standing().status()).isEqualTo(Status.RETRYING);
      assertThat(run.alarms.count().waiting()).isEqualTo(1);
      assertThat(run.alarms.count().lag(run.world.time().now())).isPositive();
      await(run, Duration.ofSeconds(10));
      assertThat(outside.taken).isEqualTo(from(0, 101));
      assertThat(outside.dead()).isEmpty();
      assertThat(run.alarms.count().waiting()).isZero();
    });
  }

  @Test
  void theRecordAtFaultIsFoundAndGoesToTheDeadLettersAloneAndInItsTurn() {
    run(run -> {
      refusing(17, 18);
      run.write(100);
      run.deploy();
      await(run, Duration.ofHours(1));
      assertThat(outside.taken).isEqualTo(without(from(0, 100), 17, 18));
      assertThat(outside.dead()).containsExactly(17, 18);
      assertThat(outside.told.size()).as("it is searched by halves").isLessThan(45);
      assertThat(run.alarms.count().deadLetters()).isEqualTo(2);
      FeedStanding standing = run.standing();
      assertThat(standing.status()).isEqualTo(Status.CURRENT);
      assertThat(standing.done().deadLetters()).isEqualTo(2);
      assertThat(standing.trouble().orElseThrow().error()).isEqualTo("cannot take that");
      assertThat(outside.letter("app/ORDERS/table-1-s17.json"))
          .startsWith("{\"app\":\"app\",\"feed\":\"ORDERS\",\"table\":\"orders\",\"time\":\"")
          .contains("\"error\":\"cannot take that\",\"Records\":[{\"n\":17}]}");
    });
  }

  @Test
  void aBatchThatIsNotToBeTakenApartGoesToTheDeadLettersWhole() {
    outside.table = Optional.of(FeedTestRun.spec(2, false));
    run(run -> {
      refusing(3);
      run.write(20);
      run.deploy();
      await(run, Duration.ofHours(1));
      assertThat(outside.dead()).isEqualTo(from(0, 10));
      assertThat(outside.taken).isEqualTo(from(10, 20));
      assertThat(outside.told).hasSize(4);
    });
  }

  @Test
  void aFunctionThatTakesNothingPutsNothingBeforeItsRetriesAreOver() {
    outside.table = Optional.of(FeedTestRun.spec(3, true));
    run(run -> {
      outside.function = (world, records) -> new Answer.Refused("never");
      run.write(4);
      run.deploy();
      await(run, Duration.ofSeconds(6));
      assertThat(outside.dead()).isEmpty();
      await(run, Duration.ofMinutes(1));
      assertThat(outside.dead()).containsExactly(0, 1, 2, 3);
    });
  }

  @Test
  void whatComesBeforeTheFirstFailureOfABatchIsTakenAndOnlyThatOneIsAtFault() {
    outside.table = Optional.of(FeedTestRun.spec(2, true));
    run(run -> {
      outside.function =
          (world, records) ->
              records.contains(6) ? new Answer.Partly(List.of("s8", "s6")) : new Answer.Taken();
      run.write(12);
      run.deploy();
      await(run, Duration.ofMinutes(1));
      assertThat(outside.taken).isEqualTo(without(from(0, 12), 6));
      assertThat(outside.dead()).containsExactly(6);
      assertThat(outside.told)
          .extracting(Told::records)
          .containsExactly(from(0, 10), from(6, 12), from(6, 12), from(7, 12));
    });
  }

  @Test
  void aFunctionThatNamesARecordItWasNotToldOfHasTakenNothing() {
    run(run -> {
      outside.function =
          (world, records) ->
              outside.told.size() == 1 ? new Answer.Partly(List.of("s99")) : new Answer.Taken();
      run.write(3);
      run.deploy();
      await(run, Duration.ofSeconds(5));
      assertThat(outside.told).extracting(Told::records).containsExactly(from(0, 3), from(0, 3));
      assertThat(run.standing().trouble().orElseThrow().error()).contains("not told of");
    });
  }

  @Test
  void aFunctionThatCannotBeAskedIsNoFaultOfTheRecords() {
    outside.table = Optional.of(FeedTestRun.spec(0, true));
    run(run -> {
      outside.function = (world, records) -> new Answer.Unasked("no engine");
      run.write(3);
      run.deploy();
      await(run, DAY.multipliedBy(3));
      assertThat(outside.dead()).isEmpty();
      assertThat(outside.told.size()).isLessThan(90);
      assertThat(run.standing().status()).isEqualTo(Status.WAITING);
      assertThat(run.standing().lag().records()).isEqualTo(3);
      outside.function = (world, records) -> new Answer.Taken();
      await(run, Duration.ofHours(1));
      assertThat(outside.taken).isEqualTo(from(0, 3));
    });
  }

  @Test
  void whereDeadLettersCannotBePutTheFeedWaitsAndNothingIsLost() {
    outside.table = Optional.of(FeedTestRun.spec(1, true));
    run(run -> {
      refusing(1);
      outside.memory.full = true;
      run.write(4);
      run.deploy();
      await(run, DAY);
      assertThat(outside.taken).containsExactly(0);
      assertThat(run.standing().status()).isEqualTo(Status.WAITING);
      assertThat(run.standing().trouble().orElseThrow().error()).contains("bucket is full");
      assertThat(outside.told.size()).as("it is tried more and more rarely").isLessThan(50);
      outside.memory.full = false;
      await(run, Duration.ofHours(1));
      assertThat(outside.taken).containsExactly(0, 2, 3);
      assertThat(outside.dead()).containsExactly(1);
    });
  }

  @Test
  void aStreamThatEndedIsToldToItsEndAndOneThatIsGoneIsSaidToBeLost() {
    run(run -> {
      run.write(25);
      run.deploy();
      outside.memory.feed.ended = true;
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).isEqualTo(from(0, 25));
      assertThat(run.standing().status()).isEqualTo(Status.ENDED);
      outside.memory.feed.ended = false;
      run.deploy();
      outside.memory.feed.gone = true;
      run.write(1);
      await(run, Duration.ofSeconds(1));
      assertThat(run.standing().status()).isEqualTo(Status.LOST);
    });
  }

  @Test
  void aStreamThatWasSwitchedOffAndOnLongAgoIsFollowedOnceTheAppIsDeployedAgain() {
    run(run -> {
      run.deploy();
      run.write(2);
      await(run, Duration.ofSeconds(1));
      outside.memory.feed.place = new FeedSource.Place("table-1", "stream-2", 0, 2);
      assertThat(run.standing().status()).as("it has delivered all").isEqualTo(Status.ENDED);
      run.deploy();
      run.write(1);
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).isEqualTo(from(0, 3));
      assertThat(run.standing().status()).isEqualTo(Status.CURRENT);
    });
  }

  @Test
  void aFeedGoesOnWhereItWasWhateverIsDeployedAndWithAnotherTableItBeginsAnew() {
    run(run -> {
      run.write(5);
      run.deploy();
      await(run, Duration.ofSeconds(1));
      FeedSpec.Effort effort = new FeedSpec.Effort(8, true, "d");
      outside.table = Optional.of(FeedTestRun.spec("orders", FeedSpec.Start.LATEST, effort));
      run.write(1);
      run.deploy();
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).isEqualTo(from(0, 6));
      outside.memory.feed.place = new FeedSource.Place("table-2", "stream-1", 0, 0);
      run.deploy();
      run.write(1);
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).as("LATEST").isEqualTo(from(0, 7));
    });
  }

  @Test
  void aNewDeploymentTriesAtOnceWhatTheOldOneDidNotTake() {
    run(run -> {
      refusing(0);
      run.write(1);
      run.deploy();
      await(run, Duration.ofSeconds(40));
      outside.function = (world, records) -> new Answer.Taken();
      run.deploy();
      await(run, Duration.ofSeconds(1));
      assertThat(outside.taken).containsExactly(0);
    });
  }

  @Test
  void aFeedThatTheAppHasNoMoreIsForgottenAndItsTableWakesNobody() {
    run(run -> {
      run.deploy();
      run.write(1);
      await(run, Duration.ofSeconds(1));
      outside.table = Optional.empty();
      run.deploy();
      assertThat(outside.memory.feed.followers).isEmpty();
      try (Lease lease = run.clouds.open("home").orElseThrow()) {
        assertThat(new FeedStates(lease.cloud()).all()).isEmpty();
      }
    });
  }

  @Test
  void aFeedWhoseAppNeverCameToBeIsForgottenAfterAWhile() {
    run(run -> {
      run.deploy();
      outside.table = Optional.empty();
      run.write(1);
      await(run, Duration.ofMinutes(1));
      assertThat(outside.memory.feed.followers).isNotEmpty();
      await(run, Duration.ofMinutes(15));
      assertThat(outside.memory.feed.followers).isEmpty();
      assertThat(outside.told).isEmpty();
    });
  }

  @Test
  void aFeedThatABrokenOffDeploymentGaveAnotherTableIsThatOfTheAppAgain() {
    run(run -> {
      Optional<TableSpec> before = outside.table;
      FeedSpec.Effort effort = new FeedSpec.Effort(8, true, "d");
      outside.table = Optional.of(FeedTestRun.spec("others", FeedSpec.Start.TRIM_HORIZON, effort));
      run.deploy();
      outside.table = before;
      run.write(3);
      await(run, Duration.ofMinutes(5));
      assertThat(outside.told).isEmpty();
      await(run, Duration.ofMinutes(10));
      assertThat(outside.taken).isEqualTo(from(0, 3));
    });
  }
}
