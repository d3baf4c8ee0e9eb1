package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.services.buckets.LifecycleTestRun.Rule;
import cloud.bevy.testing.simulator.Simulation;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What becomes of objects as they grow old, in simulated time. It begins at a midnight.
class LifecycleSweepTest {
  private static final boolean PLAIN = false;
  private static final boolean VERSIONED = true;
  private static final int SMALL = 1000;
  private static final int LARGE = 128 << 10;

  private interface Scenario {
    void play(LifecycleTestRun run) throws Exception;
  }

  @Test
  void anObjectGoesAtTheMidnightAfterItsDaysAndItsSpaceComesBack() {
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of("").expires(new LifecycleTime.Days(3)));
          run.put("old", ObjectAttributes.NONE, 8 * LARGE);
          run.untilAfterMidnight(1);
          run.put("young");
          run.untilAfterMidnight(2);
          assertThat(run.content()).containsExactly("old", "young");
          long bytes = run.clouds().statistics().liveBytes();
          run.untilAfterMidnight(1);
          assertThat(run.content()).containsExactly("young");
          run.untilAfterMidnight(1);
          assertThat(run.content()).isEmpty();
          assertThat(run.clouds().statistics().liveBytes())
              .as("a day after it went its bytes are kept no longer")
              .isLessThan(bytes - 7 * LARGE);
        });
  }

  @Test
  void whatWasDeletedGivesItsSpaceBackThoughNobodyComesAgain() {
    play(
        PLAIN,
        run -> {
          run.put("key", ObjectAttributes.NONE, 8 * LARGE);
          run.put("key", ObjectAttributes.NONE, 3);
          long bytes = run.clouds().statistics().liveBytes();
          run.untilAfterMidnight(4);
          assertThat(run.clouds().statistics().liveBytes()).isLessThan(bytes - 7 * LARGE);
          assertThat(run.woken()).as("a midnight, and when it was due").isBetween(1, 3);
        });
  }

  @Test
  void aDateIsTheEndOfWhatIsThereAndOfWhatComesLater() {
    play(
        PLAIN,
        run -> {
          Instant date = Instant.parse("2026-01-04T00:00:00Z");
          run.rules(Rule.of("").expires(new LifecycleTime.Date(date)));
          run.put("key");
          run.untilAfterMidnight(2);
          assertThat(run.content()).containsExactly("key");
          run.untilAfterMidnight(1);
          assertThat(run.content()).isEmpty();
          run.put("late");
          run.untilAfterMidnight(1);
          assertThat(run.content()).isEmpty();
        });
  }

  @Test
  void whereVersionsAreKeptAMarkIsMadeAndTheVersionIsRemovedLater() {
    play(
        VERSIONED,
        run -> {
          run.rules(
              Rule.of("").expires(new LifecycleTime.Days(1)),
              Rule.of("").removes(2, Optional.empty()),
              Rule.of("").unmarks());
          run.put("key");
          run.untilAfterMidnight(2);
          assertThat(run.content()).containsExactly("key(marker)", "(key)");
          run.untilAfterMidnight(1);
          assertThat(run.content()).containsExactly("key(marker)", "(key)");
          run.untilAfterMidnight(1);
          assertThat(run.content()).isEmpty();
        });
  }

  @Test
  void aMarkThatIsAloneGoesWithItsAgeWhereDaysAreGiven() {
    play(
        VERSIONED,
        run -> {
          run.rules(Rule.of("").expires(new LifecycleTime.Days(2)));
          run.delete("never/there");
          run.put("key");
          run.delete("key");
          run.untilAfterMidnight(2);
          assertThat(run.content()).containsExactly("key(marker)", "(key)", "never/there(marker)");
          run.untilAfterMidnight(1);
          assertThat(run.content()).containsExactly("key(marker)", "(key)");
        });
  }

  @Test
  void asManyNewerVersionsStayAsTheRuleSays() {
    play(
        VERSIONED,
        run -> {
          run.rules(Rule.of("").removes(1, Optional.of(2)));
          for (int i = 0; i < 5; i++) {
            run.put("key");
          }
          run.put("other");
          run.untilAfterMidnight(1);
          assertThat(run.content()).hasSize(6);
          run.untilAfterMidnight(1);
          assertThat(run.content()).containsExactly("key", "(key)", "(key)", "other");
        });
  }

  @Test
  void onlyWhatAllOfTheFilterTakesIsTaken() {
    LifecycleFilter filter =
        new LifecycleFilter(
            false,
            Optional.of("logs/"),
            new TreeMap<>(Map.of("keep", "no")),
            Optional.of(10L),
            Optional.of(20L));
    ObjectAttributes tagged = LifecycleTestRun.tagged("keep", "no");
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of(filter).expires(new LifecycleTime.Days(1)));
          run.put("logs/all", tagged, 15);
          run.put("logs/large", tagged, 20);
          run.put("logs/other", LifecycleTestRun.tagged("keep", "yes"), 15);
          run.put("logs/small", tagged, 10);
          run.put("log", tagged, 15);
          run.untilAfterMidnight(3);
          assertThat(run.content())
              .containsExactly("log", "logs/large", "logs/other", "logs/small");
        });
  }

  @Test
  void aRuleThatIsSwitchedOffDoesNothing() {
    play(
        PLAIN,
        run -> {
          LifecycleRule on = Rule.of("").expires(new LifecycleTime.Days(1));
          run.rules(
              new LifecycleRule(
                  on.id(),
                  false,
                  on.filter(),
                  on.expiration(),
                  false,
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  List.of()));
          run.put("key");
          run.untilAfterMidnight(5);
          assertThat(run.content()).containsExactly("key");
          assertThat(run.woken()).isZero();
        });
  }

  @Test
  void anUploadThatDoesNotEndIsAbortedWithItsParts() {
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of("up/").aborts(2));
          run.with(bucket -> {
            for (String key : new String[] {"up/a", "other"}) {
              String id =
                  bucket
                      .uploads()
                      .begin(new ObjectKey(key), ObjectAttributes.NONE, Optional.empty())
                      .orElseThrow();
              UploadAddress address = new UploadAddress(new ObjectKey(key), id);
              byte[] bytes = new byte[SMALL];
              Content content = Content.of(new ByteArrayInputStream(bytes), SMALL);
              assertThat(bucket.uploads().putPart(address, 1, content))
                  .isInstanceOf(PutOutcome.Stored.class);
            }
          });
          run.untilAfterMidnight(2);
          run.with(bucket -> assertThat(bucket.uploads().list(all()).entries()).hasSize(2));
          run.untilAfterMidnight(1);
          run.with(bucket -> {
            assertThat(bucket.uploads().list(all()).entries())
                .singleElement()
                .satisfies(it -> assertThat(it.address().key().text()).isEqualTo("other"));
            assertThat(bucket.cores().parts().range(Range.all())).toIterable().hasSize(1);
          });
        });
  }

  @Test
  void aVersionThatIsLockedStaysUntilItNoLongerIs() {
    play(
        VERSIONED,
        run -> {
          run.rules(Rule.of("").removes(1, Optional.empty()));
          Instant until = run.now().plus(Duration.ofDays(9).plusHours(1));
          Retention retention = new Retention(LockMode.GOVERNANCE, until);
          ObjectLock locked = new ObjectLock(Optional.of(retention), Optional.empty());
          ObjectLock held = new ObjectLock(Optional.empty(), Optional.of(true));
          run.put("held", ObjectAttributes.NONE.withLock(held), 1);
          run.put("held");
          run.put("locked", ObjectAttributes.NONE.withLock(locked), 1);
          run.put("locked");
          run.untilAfterMidnight(9);
          assertThat(run.content()).containsExactly("held", "(held)", "locked", "(locked)");
          int woken = run.woken();
          run.untilAfterMidnight(1);
          assertThat(run.content()).containsExactly("held", "(held)", "locked");
          assertThat(run.woken()).isEqualTo(woken + 1);
        });
  }

  @Test
  void anObjectIsMovedToTheLowestClassThatIsDueAndStaysReadable() {
    play(
        PLAIN,
        run -> {
          run.rules(
              Rule.of("")
                  .moves(
                      new LifecycleRule.Transition(new LifecycleTime.Days(1), "STANDARD_IA"),
                      new LifecycleRule.Transition(new LifecycleTime.Days(3), "GLACIER")));
          run.put("large", ObjectAttributes.NONE, LARGE);
          run.put("small", ObjectAttributes.NONE, LARGE - 1);
          assertClass(run, "large", "STANDARD");
          run.untilAfterMidnight(2);
          assertClass(run, "large", "STANDARD_IA");
          run.untilAfterMidnight(2);
          assertClass(run, "large", "GLACIER_IR");
          assertClass(run, "small", "STANDARD");
          run.with(bucket -> {
            try (OpenObject open = bucket.open(new ObjectKey("large")).orElseThrow()) {
              assertThat(open.stream(0, LARGE).readAllBytes()).hasSize(LARGE);
            }
          });
        });
  }

  @Test
  void aBucketThatNobodyUsesIsLeftAloneUntilSomethingIsDue() {
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of("").expires(new LifecycleTime.Days(30)));
          run.put("key");
          run.untilAfterMidnight(1);
          assertThat(run.woken()).isEqualTo(1);
          run.untilAfterMidnight(29);
          assertThat(run.woken()).isEqualTo(1);
          assertThat(run.clouds().openCount()).isZero();
          run.untilAfterMidnight(1);
          assertThat(run.woken()).isEqualTo(2);
          assertThat(run.content()).isEmpty();
          run.untilAfterMidnight(30);
          assertThat(run.woken())
              .as("once more after the sweep's own change, and once when the bytes go")
              .isEqualTo(4);
        });
  }

  @Test
  void tagsThatAreAddedLaterCount() {
    LifecycleFilter filter =
        new LifecycleFilter(
            false,
            Optional.empty(),
            new TreeMap<>(Map.of("keep", "no")),
            Optional.empty(),
            Optional.empty());
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of(filter).expires(new LifecycleTime.Days(2)));
          run.put("key");
          run.untilAfterMidnight(9);
          assertThat(run.content()).containsExactly("key");
          run.with(bucket ->
              bucket.change(
                  new ObjectKey("key"),
                  Optional.empty(),
                  new Bucket.Change(
                      EventType.TAGS_PUT, it -> it.withTags(new TreeMap<>(Map.of("keep", "no"))))));
          run.untilAfterMidnight(1);
          assertThat(run.content()).isEmpty();
        });
  }

  @Test
  void aBucketThatWasDeletedIsForgotten() {
    play(
        PLAIN,
        run -> {
          run.rules(Rule.of("").expires(new LifecycleTime.Days(1)));
          try (Lease lease = run.clouds().open("home").orElseThrow()) {
            assertThat(Buckets.in(lease.cloud()).delete(LifecycleTestRun.BUCKET))
                .isEqualTo(BucketDeletion.DELETED);
          }
          run.untilAfterMidnight(9);
          assertThat(run.woken()).isEqualTo(1);
        });
  }

  private static ListQuery all() {
    return new ListQuery("", "", ListPosition.START, 1000);
  }

  private static void assertClass(LifecycleTestRun run, String key, String storageClass) {
    run.with(bucket ->
        assertThat(bucket.find(new ObjectKey(key)).orElseThrow().attributes().storageClass())
            .isEqualTo(storageClass));
  }

  private static void play(boolean versions, Scenario scenario) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (LifecycleTestRun run = new LifecycleTestRun(world, versions)) {
                    scenario.play(run);
                  }
                }));
  }
}
